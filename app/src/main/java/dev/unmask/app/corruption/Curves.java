package dev.unmask.app.corruption;

import dev.unmask.engine.corruption.TokenCorruption;
import java.util.stream.IntStream;

/**
 * What is told of the noise at every t, each [T + 1].
 *
 * @param alpha the share not touched
 * @param corrupted the expected share of tokens that are others
 * @param signal log10 of the signal-to-noise ratio, within ±{@link #DECADES}
 */
record Curves(double[] alpha, double[] corrupted, double[] signal) {
  /** The signal-to-noise ratio is shown from 10⁻³ to 10³. */
  static final double DECADES = 3;

  static Curves of(TokenCorruption text) {
    return new Curves(
        IntStream.rangeClosed(0, text.steps()).mapToDouble(text::alpha).toArray(),
        IntStream.rangeClosed(0, text.steps()).mapToDouble(text::expectedCorrupted).toArray(),
        IntStream.rangeClosed(0, text.steps())
            .mapToDouble(t -> Math.clamp(Math.log10(text.signalToNoise(t)), -DECADES, DECADES))
            .toArray());
  }
}
