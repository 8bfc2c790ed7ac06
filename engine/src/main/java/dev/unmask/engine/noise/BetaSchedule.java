package dev.unmask.engine.noise;

import java.util.stream.IntStream;

/** How strong each step of a {@link DiscreteProcess} is. */
public sealed interface BetaSchedule {
  /**
   * β_1 … β_T.
   *
   * @param steps T, at least 1
   */
  double[] betas(int steps);

  /**
   * β_t = 1 − f(t) / f(t−1) with f(t) = cos((t/T + s) / (1 + s) · π/2), s = 0.008, and 0.999 at
   * most (<a href="https://arxiv.org/abs/2102.05379">Hoogeboom et al.</a>), for the uniform kernel.
   */
  record Cosine() implements BetaSchedule {
    private static final double OFFSET = 0.008;
    private static final double GREATEST = 0.999;

    @Override
    public double[] betas(int steps) {
      return IntStream.rangeClosed(1, steps)
          .mapToDouble(t -> Math.min(1 - kept(t, steps) / kept(t - 1, steps), GREATEST))
          .toArray();
    }

    private static double kept(double t, int steps) {
      return StrictMath.cos((t / steps + OFFSET) / (1 + OFFSET) * Math.PI / 2);
    }
  }

  /**
   * From one β to another in equal steps (<a href="https://arxiv.org/abs/2006.11239">DDPM</a>), for
   * the Gaussian kernel.
   *
   * @param first β_1
   * @param last β_T, unless T = 1
   */
  record Linear(double first, double last) implements BetaSchedule {
    @Override
    public double[] betas(int steps) {
      double increase = (last - first) / Math.max(1, steps - 1);
      return IntStream.range(0, steps).mapToDouble(i -> first + i * increase).toArray();
    }
  }

  /**
   * β_t = 1 / (T − t + 1) (<a href="https://arxiv.org/abs/1503.03585">Sohl-Dickstein et al.</a>),
   * for the absorbing kernel: the masked share grows by 1/T in each step.
   */
  record Reciprocal() implements BetaSchedule {
    @Override
    public double[] betas(int steps) {
      return IntStream.rangeClosed(1, steps).mapToDouble(t -> 1.0 / (steps - t + 1)).toArray();
    }
  }

  /**
   * Such that every step takes away the same information: I(x_t; x_0) = (1 − t/T) H(x_0) (<a
   * href="https://arxiv.org/abs/2107.03006">D3PM</a>, section 3.2). With the absorbing kernel, it
   * is 1 / (T − t + 1) for any distribution of unmasked tokens.
   *
   * @param clean the distribution of x_0, [V]
   */
  record MutualInformation(RateKernel kernel, double[] clean) implements BetaSchedule {
    /** Bisections of an exponent; a float64 has 53 bits. */
    private static final int BISECTIONS = 54;

    /** If not even the kernel's limit loses what a step should, that step goes to the limit. */
    @Override
    public double[] betas(int steps) {
      double all = Probability.entropy(clean);
      double floor = information(Double.POSITIVE_INFINITY);
      double[] betas = new double[steps];
      double before = 0;
      for (int t = 1; t <= steps; t++) {
        double target = all * (steps - t) / steps;
        boolean last = t == steps || target <= floor;
        double sigma = last ? Double.POSITIVE_INFINITY : exponent(before, target);
        betas[t - 1] = last ? 1 : -StrictMath.expm1(before - sigma);
        before = sigma;
      }
      return betas;
    }

    /** I(x_t; x_0) in nats, where x_t follows x_0 by exp(σ R). */
    double information(double sigma) {
      Transition transition = kernel.exponential(sigma);
      double left = Probability.entropy(transition.apply(clean));
      for (int token = 0; token < clean.length; token++) {
        if (clean[token] > 0) {
          left -= clean[token] * transition.entropy(token);
        }
      }
      return left;
    }

    /** The σ above another where the information has fallen to the target. */
    private double exponent(double from, double target) {
      double low = from;
      double high = Math.max(1, 2 * from);
      while (information(high) > target) {
        low = high;
        high *= 2;
      }
      for (int i = 0; i < BISECTIONS; i++) {
        double middle = (low + high) / 2;
        if (information(middle) > target) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return high;
    }
  }
}
