package dev.unmask.engine.families;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.run.Learner;
import java.util.List;
import java.util.Optional;

/** A model of points in the plane: what it learned so far, asked and shown. */
public interface PlaneModel extends Learner {
  /**
   * Draws points.
   *
   * @return [2 × count]
   */
  float[] samples(int count, long seed);

  /**
   * Refuses numbers that are not its own.
   *
   * @throws InputException if there are more or fewer
   */
  default void checkSize(float[] numbers) {
    if (numbers.length != size()) {
      throw new InputException(
          "The trace holds %d numbers of a model that has %d with its settings; record it again."
              .formatted(numbers.length, size()));
    }
  }

  /** How often its network is evaluated for a sample. */
  int evaluations();

  /** How many numbers are learned. */
  int parameters();

  /** What it can say of how probable a place is. */
  Likelihood likelihood();

  /**
   * The model as image samplers ask it, where they can; a place is an image of two channels.
   * Closing it does nothing.
   */
  default Optional<ImageDenoiser> denoiser() {
    return Optional.empty();
  }

  /** What else it can show. */
  List<PlaneLayer> layers(Lattice lattice);
}
