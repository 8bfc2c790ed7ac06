package dev.unmask.app.session;

import dev.unmask.engine.FieldException;
import java.util.Optional;

/**
 * Why something did not come about, and what would help where that is known.
 *
 * @param sentence for the user
 */
public record Problem(String sentence, Optional<Remedy> remedy) {
  /** What would help. */
  public sealed interface Remedy {
    /** A field of what was asked for says something else. */
    record Instead(String field, String value) implements Remedy {}

    /** Another model is taken. */
    record AnotherModel() implements Remedy {}
  }

  /** Of what was thrown; a fault of the program also goes to the log. */
  public static Problem of(Throwable thrown) {
    return new Problem(
        Fault.sentence(thrown),
        thrown instanceof FieldException wrong ? remedy(wrong) : Optional.empty());
  }

  private static Optional<Remedy> remedy(FieldException wrong) {
    return wrong
        .instead()
        .<Remedy>map(value -> new Remedy.Instead(wrong.field(), value))
        .or(
            () ->
                wrong.field().equals("model")
                    ? Optional.of(new Remedy.AnotherModel())
                    : Optional.empty());
  }

  /** The same where what would help is out of reach. */
  Problem alone() {
    return of(sentence);
  }

  /** Something that only has to be known. */
  public static Problem of(String sentence) {
    return new Problem(sentence, Optional.empty());
  }
}
