package dev.unmask.engine.reference;

/** What came of repeating a case. */
public sealed interface Outcome {
  /** The case: its path. */
  String name();

  /** What it says in a line. */
  String line();

  /** Repeated, and nothing differs. */
  record Equal(String name) implements Outcome {
    @Override
    public String line() {
      return "equal " + name;
    }
  }

  /**
   * Repeated, and something differs.
   *
   * @param where the first difference: the step, the position, what was recorded and what came
   */
  record Differs(String name, String where) implements Outcome {
    @Override
    public String line() {
      return "differs " + name + ": " + where;
    }
  }

  /** Not repeated, for this program has not what it takes. */
  record Unchecked(String name, String why) implements Outcome {
    @Override
    public String line() {
      return "unchecked " + name + ": " + why;
    }
  }

  /**
   * Not repeated, for it cannot be read.
   *
   * @param sentence for the user; it names the file
   */
  record Unreadable(String name, String sentence) implements Outcome {
    @Override
    public String line() {
      return "unreadable " + name + ": " + sentence;
    }
  }
}
