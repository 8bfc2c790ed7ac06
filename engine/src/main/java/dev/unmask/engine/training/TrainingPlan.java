package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that a training run is asked for.
 *
 * @param folder where the checkpoint and the model folder {@code model} are written
 * @param from a model folder of the same shape, but for the context, whose weights to start from
 * @param steps updates of the weights in all; the rate is zero after the last one
 * @param peakRate AdamW's highest learning rate; Muon's is twice as high
 * @param warmUp steps until the peak
 * @param seed of the first weights, the batches and the noise
 * @param threads at least 1; the result does not depend on it
 * @param checkpointEvery time between checkpoints; the result does not depend on it
 */
public record TrainingPlan(
    Subject subject,
    Path folder,
    Optional<Path> from,
    int steps,
    double peakRate,
    int warmUp,
    long seed,
    int threads,
    Duration checkpointEvery) {
  /** The share of the steps, the last ones, in which the rate falls. */
  private static final double COOL_DOWN = 0.25;

  /**
   * Checks the numbers.
   *
   * @throws InputException if one of them cannot be
   */
  public TrainingPlan {
    atLeastOne("number of steps", steps);
    atLeastOne("warm-up", warmUp);
    atLeastOne("number of threads", threads);
    if (!(peakRate > 0 && peakRate < 1)) {
      throw new InputException(
          "The rate is %s; give one between 0 and 1, such as 0.002.".formatted(peakRate));
    }
  }

  public static void atLeastOne(String what, int number) {
    if (number < 1) {
      throw new InputException("The %s is %d; give at least 1.".formatted(what, number));
    }
  }

  /**
   * AdamW's learning rate: up linearly, level, and down linearly to zero. Until it falls it does
   * not depend on the number of steps, so that a run can be made longer without starting again.
   *
   * @param step from 0
   */
  public double rate(int step) {
    double up = (step + 1.0) / warmUp;
    double down = (steps - step) / (COOL_DOWN * steps);
    return peakRate * Math.min(1, Math.min(up, down));
  }

  /**
   * What a resumed run must agree in, beside the files. The number of steps may be changed, which
   * makes no difference to the result if it is done before the rate falls.
   */
  String fingerprint() {
    return "%s, peakRate=%s, warmUp=%d, seed=%d"
        .formatted(subject.fingerprint(), peakRate, warmUp, seed);
  }
}
