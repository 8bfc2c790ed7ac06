package dev.unmask.engine.noise;

/**
 * Noise in continuous time t in [0, 1], 0 clean: α(t) is the share of tokens not yet touched and
 * σ(t) = −ln α(t) the total noise. From s to t, a {@link RateKernel} moves by exp((σ(t) − σ(s)) R).
 */
public sealed interface AlphaSchedule {
  /** α(t), in [0, 1], falling. */
  default double alpha(double t) {
    return StrictMath.exp(-sigma(t));
  }

  /** σ(t), not negative, rising. */
  double sigma(double t);

  /** dσ/dt. */
  double rate(double t);

  /**
   * α(t) = ε + (1 − ε) cos(t π/2) (<a href="https://arxiv.org/abs/2406.07524">MDLM</a>).
   *
   * @param epsilon what is left at t = 1, so that σ stays finite; 0.001 there
   */
  record Cosine(double epsilon) implements AlphaSchedule {
    @Override
    public double alpha(double t) {
      return epsilon + (1 - epsilon) * StrictMath.cos(t * Math.PI / 2);
    }

    @Override
    public double sigma(double t) {
      return -StrictMath.log(alpha(t));
    }

    @Override
    public double rate(double t) {
      return (1 - epsilon) * Math.PI / 2 * StrictMath.sin(t * Math.PI / 2) / alpha(t);
    }
  }

  /**
   * σ(t) = σ_min^(1−t) σ_max^t (<a href="https://arxiv.org/abs/2310.16834">SEDD</a>).
   *
   * @param least σ(0), above 0: even t = 0 has a little noise
   * @param greatest σ(1)
   */
  record Geometric(double least, double greatest) implements AlphaSchedule {
    @Override
    public double sigma(double t) {
      return StrictMath.pow(least, 1 - t) * StrictMath.pow(greatest, t);
    }

    @Override
    public double rate(double t) {
      return sigma(t) * StrictMath.log(greatest / least);
    }
  }

  /**
   * α(t) = 1 − (1 − ε) t: the masked share grows evenly (<a
   * href="https://arxiv.org/abs/2310.16834">SEDD</a>; <a
   * href="https://arxiv.org/abs/2406.07524">MDLM</a>).
   *
   * @param epsilon what is left at t = 1, so that σ stays finite; 0.001 in both
   */
  record LogLinear(double epsilon) implements AlphaSchedule {
    @Override
    public double alpha(double t) {
      return 1 - (1 - epsilon) * t;
    }

    @Override
    public double sigma(double t) {
      return -StrictMath.log1p(-(1 - epsilon) * t);
    }

    /** The time at which the total noise is σ. */
    public double time(double sigma) {
      return -StrictMath.expm1(-sigma) / (1 - epsilon);
    }

    @Override
    public double rate(double t) {
      return (1 - epsilon) / alpha(t);
    }
  }

  /**
   * α(t) = 1 − sin((1 − ε) t π/2): the cosine of <a
   * href="https://arxiv.org/abs/2202.04200">MaskGIT</a>, as <a
   * href="https://arxiv.org/abs/2506.10892">Duo</a> uses it. At most times few tokens are left.
   *
   * @param epsilon keeps σ finite at t = 1; 0.001 in Duo
   */
  record MaskgitCosine(double epsilon) implements AlphaSchedule {
    @Override
    public double alpha(double t) {
      return 1 - StrictMath.sin(angle(t));
    }

    @Override
    public double sigma(double t) {
      return -StrictMath.log1p(-StrictMath.sin(angle(t)));
    }

    @Override
    public double rate(double t) {
      return (1 - epsilon) * Math.PI / 2 * StrictMath.cos(angle(t)) / alpha(t);
    }

    private double angle(double t) {
      return (1 - epsilon) * t * Math.PI / 2;
    }
  }
}
