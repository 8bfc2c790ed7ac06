package dev.unmask.engine.denoiser.exact;

import java.util.stream.IntStream;

/**
 * With masks, a value that is black by chance has the probability of that, and one that shows is as
 * it was.
 *
 * @param x the batch
 * @param share of the values that are black by chance
 */
record MaskingEvidence(KnownImages known, float[] x, double share) implements Evidence {
  /**
   * 1 / 2s², where a value that shows may differ by s, half a step of 8 bits. With no difference
   * allowed, no image could have become what {@link dev.unmask.engine.sampler.image.WalkBack} makes
   * of a mean of several.
   */
  private static final double PRECISION = 255.0 * 255 / 2;

  @Override
  public double[] costs(int index, int[] images) {
    int[] shown =
        IntStream.range(0, known.size())
            .filter(i -> x[index * known.size() + i] != KnownImages.BLACK)
            .toArray();
    double[] costs = new double[images.length];
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < images.length; i++) {
      costs[i] = cost(index * known.size(), images[i], shown, least + NEGLIGIBLE);
      least = Math.min(least, costs[i]);
    }
    return costs;
  }

  /**
   * Infinite once it is known to be above a bound. What is lit and was masked is counted as all
   * that is lit: what shows is lit in every image that x can come from.
   */
  private double cost(int from, int k, int[] shown, double bound) {
    float[] image = known.values()[k];
    double squares = 0;
    for (int i : shown) {
      double difference = x[from + i] - image[i];
      squares += difference * difference;
      if (squares * PRECISION > bound) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return squares * PRECISION - known.lit()[k] * Math.log(share);
  }
}
