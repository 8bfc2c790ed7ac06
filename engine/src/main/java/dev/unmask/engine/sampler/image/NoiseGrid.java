package dev.unmask.engine.sampler.image;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Pixels;
import java.util.Arrays;

/**
 * The points at which a sampler evaluates its denoiser, and the one where it ends.
 *
 * @param times what a network is told at each of the K points that was trained with this noise
 * @param sigmas the noise at each of the K + 1 points, in units in which x = x_0 + σ ε
 * @param initialScale what a start of standard normal noise is multiplied by
 */
public record NoiseGrid(float[] times, float[] sigmas, float initialScale) {
  /** Checks that there are steps. */
  public NoiseGrid {
    if (times.length == 0) {
      throw new InputException("A sampler of 0 steps does nothing; give it at least 1.");
    }
  }

  /** With a last σ, which no time belongs to. */
  static NoiseGrid of(float[] times, float[] sigmas, float end, float initialScale) {
    float[] all = Arrays.copyOf(sigmas, sigmas.length + 1);
    all[sigmas.length] = end;
    return new NoiseGrid(times, all, initialScale);
  }

  /** K. */
  public int steps() {
    return times.length;
  }

  /** The same with every time but the first twice, as samplers that correct each step visit it. */
  public NoiseGrid twice() {
    return new NoiseGrid(
        Pixels.each(2 * steps() - 1, i -> times[(i + 1) / 2]), sigmas, initialScale);
  }
}
