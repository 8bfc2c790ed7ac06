package dev.unmask.engine.checkpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of a tokenizer.json in Oniguruma's syntax, whose matcher backtracks: what
 * could keep it busy for years on a short text is refused before it starts. That is what is
 * repeated in what is repeated, or offers a choice there, and a chain of many repetitions. What
 * tokenizers split text with has neither.
 */
final class TokenizerPattern {
  private static final int LONGEST = 4096;
  private static final int DEEPEST = 20;

  /** Repetitions without a bound in a row: the time is the text's length to that power. */
  private static final int MOST_REPETITIONS = 4;

  private static final int MOST_TIMES = 1000;

  private static final Pattern GROUP =
      Pattern.compile("\\((?:\\?(?:[im]{1,2}:|[:>=!]|<[=!]))?+(?!\\?)");
  private static final Pattern COUNTS = Pattern.compile("\\{(\\d{1,4})?(?:(,)(\\d{1,4})?)?}");
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:[pP]\\{\\^?\\w+}|x\\{[0-9a-fA-F]{1,6}}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
              + "|[sSdDwWhHrntfvbBAzZ]|[^\\p{Alnum}])",
          Pattern.DOTALL);

  /** The classes of characters that take none: where they stand, nothing is read. */
  private static final String ANCHORS = "bBAzZ";

  private final String regex;
  private int at;
  private int depth;

  private TokenizerPattern(String regex) {
    this.regex = regex;
  }

  /**
   * What a part of it can read.
   *
   * @param empty whether it can read nothing
   * @param varies whether there is more than one way to read
   * @param repetitions in a row that have no bound
   */
  private record Reads(boolean empty, boolean varies, int repetitions) {
    static final Reads NOTHING = new Reads(true, false, 0);
    static final Reads ONE = new Reads(false, false, 0);

    Reads then(Reads next) {
      return new Reads(empty && next.empty, varies || next.varies, repetitions + next.repetitions);
    }

    Reads or(Reads other) {
      return new Reads(empty || other.empty, true, Math.max(repetitions, other.repetitions));
    }
  }

  /** Why it is refused. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  /**
   * Reads it through.
   *
   * @throws Refused if it is not known to be harmless
   */
  static void check(String regex) throws Refused {
    if (regex.length() > LONGEST) {
      throw new Refused("is longer than %d characters".formatted(LONGEST));
    }
    TokenizerPattern pattern = new TokenizerPattern(regex);
    pattern.at = regex.startsWith("(?i)") ? 4 : 0;
    Reads all = pattern.choice();
    if (pattern.at < regex.length()) {
      throw new Refused("closes what it does not open");
    }
    if (all.empty()) {
      throw new Refused("matches nothing");
    }
  }

  private Reads choice() throws Refused {
    if (++depth > DEEPEST) {
      throw new Refused("has more than %d groups within each other".formatted(DEEPEST));
    }
    Reads reads = sequence();
    while (next('|')) {
      at++;
      reads = reads.or(sequence());
    }
    depth--;
    return reads;
  }

  private Reads sequence() throws Refused {
    Reads reads = Reads.NOTHING;
    while (at < regex.length() && !next('|') && !next(')')) {
      int start = at;
      Reads atom = atom();
      boolean looks = regex.startsWith("(?=", start) || regex.startsWith("(?!", start);
      looks |= regex.startsWith("(?<", start);
      reads =
          reads.then(looks ? new Reads(true, atom.varies(), atom.repetitions()) : repeated(atom));
      if (reads.repetitions() > MOST_REPETITIONS) {
        throw new Refused("has more than %d repetitions in a row".formatted(MOST_REPETITIONS));
      }
    }
    return reads;
  }

  private boolean next(char c) {
    return at < regex.length() && regex.charAt(at) == c;
  }

  private Reads atom() throws Refused {
    char c = regex.charAt(at);
    return switch (c) {
      case '(' -> group();
      case '[' -> {
        set(0);
        yield Reads.ONE;
      }
      case '\\' -> {
        char kind = escape();
        yield ANCHORS.indexOf(kind) < 0 ? Reads.ONE : Reads.NOTHING;
      }
      case '^', '$' -> {
        at++;
        yield Reads.NOTHING;
      }
      case '*', '+', '?', '{' -> throw new Refused("repeats nothing");
      default -> {
        at += Character.charCount(regex.codePointAt(at));
        yield Reads.ONE;
      }
    };
  }

  private Reads group() throws Refused {
    Matcher open = GROUP.matcher(regex).region(at, regex.length());
    if (!open.lookingAt()) {
      throw new Refused("has a group of an unknown kind");
    }
    at = open.end();
    Reads reads = choice();
    if (!next(')')) {
      throw new Refused("has a group without an end");
    }
    at++;
    return reads;
  }

  /** Steps over a set of characters and those within. */
  private void set(int nested) throws Refused {
    if (nested > DEEPEST) {
      throw new Refused("has more than %d sets within each other".formatted(DEEPEST));
    }
    at++;
    at += next('^') ? 1 : 0;
    boolean first = true;
    while (at < regex.length()) {
      char c = regex.charAt(at);
      if (c == ']' && !first) {
        at++;
        return;
      } else if (c == '[') {
        set(nested + 1);
      } else if (c == '\\') {
        escape();
      } else {
        at++;
      }
      first = false;
    }
    throw new Refused("has a set of characters without an end");
  }

  /** Steps over an escape; what stands behind the backslash. */
  private char escape() throws Refused {
    Matcher escape = ESCAPE.matcher(regex).region(at, regex.length());
    if (!escape.lookingAt()) {
      throw new Refused("has an unknown escape");
    }
    char kind = regex.charAt(at + 1);
    at = escape.end();
    return kind;
  }

  /** What stands here, as often as what stands behind it says. */
  private Reads repeated(Reads once) throws Refused {
    if (next('?')) {
      at++;
      mode();
      return new Reads(true, true, once.repetitions());
    }
    if (next('*') || next('+')) {
      boolean none = next('*');
      at++;
      mode();
      return without(once, none || once.empty());
    }
    Matcher counts = COUNTS.matcher(regex).region(at, regex.length());
    if (!next('{')) {
      return once;
    }
    if (!counts.lookingAt() || counts.group(1) == null && counts.group(3) == null) {
      throw new Refused("has a brace that counts nothing");
    }
    at = counts.end();
    int least = counts.group(1) == null ? 0 : Integer.parseInt(counts.group(1));
    if (counts.group(2) != null && counts.group(3) == null) {
      return without(once, least == 0 || once.empty());
    }
    int most = counts.group(2) == null ? least : Integer.parseInt(counts.group(3));
    if (Math.max(least, most) > MOST_TIMES || once.varies()) {
      throw new Refused("repeats what may itself be long");
    }
    again();
    return new Reads(least == 0 || once.empty(), least != most, 0);
  }

  private static Reads without(Reads once, boolean none) throws Refused {
    if (once.varies() || once.empty()) {
      throw new Refused("repeats what is itself repeated or a choice");
    }
    return new Reads(none, true, 1);
  }

  /** Steps over the sign that a repetition is lazy, or gives nothing back. */
  private void mode() throws Refused {
    at += next('?') || next('+') ? 1 : 0;
    again();
  }

  private void again() throws Refused {
    if (next('?') || next('*') || next('+') || next('{')) {
      throw new Refused("repeats a repetition");
    }
  }
}
