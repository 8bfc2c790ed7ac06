package dev.unmask.engine.reference;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of recording of which each file holds one case. */
public interface SingleCase extends Format {
  /**
   * The settings that this takes account of: fields of the recording, those of an object after its
   * name and a slash, all of them where nothing follows the slash. What is set otherwise is not
   * repeated.
   */
  Set<String> settings();

  /**
   * Repeats it.
   *
   * @param threads for a model that computes
   * @return the first difference, in words
   */
  Optional<String> difference(Recording recording, int threads);

  @Override
  default List<Outcome> outcomes(Recording recording, int threads) {
    String name = recording.file().toString();
    Outcome outcome =
        recording
            .unknown(settings())
            .<Outcome>map(unknown -> new Outcome.Unchecked(name, unknown))
            .orElseGet(
                () ->
                    difference(recording, threads)
                        .<Outcome>map(where -> new Outcome.Differs(name, where))
                        .orElseGet(() -> new Outcome.Equal(name)));
    return List.of(outcome);
  }
}
