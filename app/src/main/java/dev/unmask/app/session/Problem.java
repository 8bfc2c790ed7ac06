package dev.unmask.app.session;

import dev.unmask.engine.FieldException;
import dev.unmask.engine.sampler.own.OwnSamplerException;
import java.util.Optional;

/**
 * Why something did not come about, and what would help where that is known.
 *
 * @param sentence for the user
 * @param field of the form, by name, that it is about, if it is about one
 */
public record Problem(String sentence, Optional<String> field, Optional<Remedy> remedy) {
  /** What would help. */
  public sealed interface Remedy {
    /** A field of what was asked for says something else. */
    record Instead(String field, String value) implements Remedy {}

    /** Another model is taken. */
    record AnotherModel() implements Remedy {}

    /** Another trace is opened. */
    record AnotherTrace() implements Remedy {}

    /**
     * A sampler's source is mended.
     *
     * @param place as {@code FILE:LINE}, which editors take
     */
    record Mend(String place) implements Remedy {}
  }

  /** Of what was thrown; a fault of the program also goes to the log. */
  public static Problem of(Throwable thrown) {
    String sentence = Fault.sentence(thrown);
    return thrown instanceof FieldException wrong
        ? new Problem(sentence, Optional.of(wrong.field()), remedy(wrong))
        : of(sentence);
  }

  private static Optional<Remedy> remedy(FieldException wrong) {
    if (wrong instanceof OwnSamplerException own) {
      return own.place().map(Remedy.Mend::new);
    }
    return wrong
        .instead()
        .<Remedy>map(value -> new Remedy.Instead(wrong.field(), value))
        .or(
            () ->
                wrong.field().equals("model")
                    ? Optional.of(new Remedy.AnotherModel())
                    : Optional.empty());
  }

  /** The same where no form asked for it. */
  public Problem alone() {
    return new Problem(sentence, Optional.empty(), remedy.filter(Problem::needsNoForm));
  }

  private static boolean needsNoForm(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Instead _, Remedy.AnotherModel _ -> false;
      case Remedy.AnotherTrace _, Remedy.Mend _ -> true;
    };
  }

  /** Something that only has to be known. */
  public static Problem of(String sentence) {
    return new Problem(sentence, Optional.empty(), Optional.empty());
  }
}
