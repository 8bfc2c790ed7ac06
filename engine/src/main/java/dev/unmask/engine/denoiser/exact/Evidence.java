package dev.unmask.engine.denoiser.exact;

import dev.unmask.engine.noise.gaussian.Corruption;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a batch of corrupted images tells about which of known images they were. */
sealed interface Evidence {
  /**
   * e to minus this is below the last digit of a float, a thousand times over: what costs so much
   * more than the least has no weight.
   */
  double NEGLIGIBLE = 25;

  /**
   * −ln p(x | image) of an x and some of the images, up to a constant.
   *
   * @param index of the x in the batch
   * @param images numbers of those that are asked about
   * @return one each; infinite if it is too much to matter
   */
  double[] costs(int index, int[] images);

  /**
   * With Gaussian noise p(x | image) ∝ exp(−|x − α image|² / 2σ²), of which |x|² is the same for
   * all images: what remains is a product, which is fast, and rounds.
   *
   * @param x the batch
   * @param products x · imageᵀ in float, [N × count]
   */
  record Gaussian(Known known, float[] x, float[] products, Corruption.Gaussian corruption)
      implements Evidence {
    /** How much of |x| |image| a product of floats may be wrong by. */
    private static final double ROUNDING = 0x1p-22;

    /** The error of a cost, and so of a weight, that is let pass. */
    private static final double TOLERATED = 1e-3;

    /** Less noise than this is none. */
    private static final double LEAST_VARIANCE = 1e-12;

    @Override
    public double[] costs(int index, int[] images) {
      int row = index * known.count();
      double[] costs = Arrays.stream(images).mapToDouble(k -> cost(products[row + k], k)).toArray();
      double error = error(index);
      if (error > TOLERATED) {
        double bound = Arrays.stream(costs).min().orElseThrow() + NEGLIGIBLE + 2 * error;
        Arrays.setAll(
            costs,
            i ->
                costs[i] < bound
                    ? cost(product(index, images[i]), images[i])
                    : Double.POSITIVE_INFINITY);
      }
      return costs;
    }

    private double cost(double product, int k) {
      double alpha = corruption.alpha();
      return alpha * (alpha * known.squares()[k] - 2 * product) / (2 * variance());
    }

    private double variance() {
      return Math.max(corruption.sigma() * corruption.sigma(), LEAST_VARIANCE);
    }

    private double error(int index) {
      double square = 0;
      for (int i = index * known.size(); i < (index + 1) * known.size(); i++) {
        square += (double) x[i] * x[i];
      }
      double greatest = Arrays.stream(known.squares()).max().orElseThrow();
      return ROUNDING * corruption.alpha() * Math.sqrt(square * greatest) / variance();
    }

    private double product(int index, int k) {
      float[] image = known.values()[k];
      double product = 0;
      for (int i = 0; i < image.length; i++) {
        product += (double) x[index * image.length + i] * image[i];
      }
      return product;
    }
  }

  /**
   * With masks, a value that is black by chance has the probability of that, and one that shows is
   * as it was.
   *
   * @param x the batch
   * @param share of the values that are black by chance
   */
  record Masking(Known known, float[] x, double share) implements Evidence {
    /**
     * 1 / 2s², where a value that shows may differ by s, half a step of 8 bits. With no difference
     * allowed, no image could have become what {@link dev.unmask.engine.sampler.image.WalkBack}
     * makes of a mean of several.
     */
    private static final double PRECISION = 255.0 * 255 / 2;

    @Override
    public double[] costs(int index, int[] images) {
      int[] shown =
          IntStream.range(0, known.size())
              .filter(i -> x[index * known.size() + i] != Known.BLACK)
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
      return squares * PRECISION - known.lit()[k] * StrictMath.log(share);
    }
  }

  /**
   * Clean images, and what is asked about them again and again.
   *
   * @param values of each
   * @param squares |image|² of each
   * @param lit how many values of each are not black
   */
  record Known(float[][] values, double[] squares, int[] lit) {
    static final float BLACK = -1;

    static Known of(float[][] values) {
      double[] squares = new double[values.length];
      int[] lit = new int[values.length];
      for (int k = 0; k < values.length; k++) {
        for (float value : values[k]) {
          squares[k] += (double) value * value;
          lit[k] += value == BLACK ? 0 : 1;
        }
      }
      return new Known(values, squares, lit);
    }

    int count() {
      return values.length;
    }

    /** Of each image. */
    int size() {
      return values[0].length;
    }
  }
}
