package dev.unmask.engine.sampler.image;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Which of the T steps that a denoiser was trained with a sampler visits (Lin et al. 2024,
 * https://arxiv.org/abs/2305.08891, table 2), the noisiest first.
 */
public enum Spacing {
  /** From the last to the first, both included. */
  LINSPACE {
    @Override
    double[] times(int trained, int count, int offset) {
      double stride = (trained - 1.0) / Math.max(1, count - 1);
      return descending(count, i -> i * stride);
    }
  },
  /** Multiples of a whole number from 0 on. */
  LEADING {
    @Override
    double[] times(int trained, int count, int offset) {
      int stride = trained / count;
      return descending(count, i -> i * stride + offset);
    }
  },
  /** Backwards from the last. */
  TRAILING {
    @Override
    double[] times(int trained, int count, int offset) {
      double stride = (double) trained / count;
      return descending(count, i -> Math.rint((i + 1) * stride) - 1);
    }
  };

  /** So many steps, counted from 0; may lie between two. */
  abstract double[] times(int trained, int count, int offset);

  private static double[] descending(int count, IntToDoubleFunction time) {
    return IntStream.range(0, count).map(i -> count - 1 - i).mapToDouble(time).toArray();
  }
}
