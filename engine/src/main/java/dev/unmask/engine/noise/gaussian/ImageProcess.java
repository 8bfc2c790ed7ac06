package dev.unmask.engine.noise.gaussian;

/**
 * A forward process of images in continuous time t in [0, 1], 0 clean: x_t = α(t) x_0 + σ(t) ε
 * (Song et al. 2021, https://arxiv.org/abs/2011.13456; Kingma et al. 2021,
 * https://arxiv.org/abs/2107.00630).
 */
public sealed interface ImageProcess {
  /** α(t). */
  double alpha(double t);

  /** σ(t). */
  double sigma(double t);

  /** dα / dt. */
  double alphaSlope(double t);

  /** dσ / dt. */
  double sigmaSlope(double t);

  /** α(t) and σ(t). */
  default Corruption.Gaussian at(double t) {
    return new Corruption.Gaussian(alpha(t), sigma(t));
  }

  /** The t whose σ / α is this, to within 1e-12; 0 or 1 where it is beyond those. */
  default double time(double ratio) {
    double low = 0;
    double high = 1;
    while (high - low > 1e-12) {
      double middle = (low + high) / 2;
      if (at(middle).ratio() < ratio) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return at(0).ratio() >= ratio ? 0 : high;
  }

  /** α² / σ², the signal-to-noise ratio; infinite where there is no noise. */
  default double signalToNoise(double t) {
    double ratio = alpha(t) / sigma(t);
    return ratio * ratio;
  }

  /** x_t of a clean batch and its standard normal noise. */
  default float[] corrupted(float[] x, float[] noise, double t) {
    return at(t).of(x, noise);
  }

  /**
   * Variance-preserving, β rising evenly (equation 33): DDPM's in continuous time.
   *
   * @param first β(0)
   * @param last β(1)
   */
  record VpLinear(double first, double last) implements ImageProcess {
    /** As in the paper. */
    public static final VpLinear USUAL = new VpLinear(0.1, 20);

    @Override
    public double alpha(double t) {
      return StrictMath.exp(-t * t * (last - first) / 4 - t * first / 2);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(Math.abs(StrictMath.expm1(2 * StrictMath.log(alpha(t)))));
    }

    @Override
    public double alphaSlope(double t) {
      return -alpha(t) * (first + t * (last - first)) / 2;
    }

    /** Infinite at t = 0. */
    @Override
    public double sigmaSlope(double t) {
      return -alpha(t) * alphaSlope(t) / sigma(t);
    }
  }

  /** Variance-preserving, α a cosine (https://arxiv.org/abs/2102.09672). */
  record VpCosine() implements ImageProcess {
    @Override
    public double alpha(double t) {
      return StrictMath.cos(t * Math.PI / 2);
    }

    @Override
    public double sigma(double t) {
      return StrictMath.sin(t * Math.PI / 2);
    }

    @Override
    public double alphaSlope(double t) {
      return -Math.PI / 2 * sigma(t);
    }

    @Override
    public double sigmaSlope(double t) {
      return Math.PI / 2 * alpha(t);
    }
  }

  /** Variance-preserving, α² falling evenly: the schedule of 2015, see {@link TrainingNoise}. */
  record VpEven() implements ImageProcess {
    @Override
    public double alpha(double t) {
      return Math.sqrt(1 - t);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(t);
    }

    /** Infinite at t = 1. */
    @Override
    public double alphaSlope(double t) {
      return -1 / (2 * alpha(t));
    }

    /** Infinite at t = 0. */
    @Override
    public double sigmaSlope(double t) {
      return 1 / (2 * sigma(t));
    }
  }

  /** Sub-VP, whose variance stays below that of VP (equation 29). */
  record SubVp(VpLinear bound) implements ImageProcess {
    @Override
    public double alpha(double t) {
      return bound.alpha(t);
    }

    @Override
    public double sigma(double t) {
      double alpha = bound.alpha(t);
      return 1 - alpha * alpha;
    }

    @Override
    public double alphaSlope(double t) {
      return bound.alphaSlope(t);
    }

    @Override
    public double sigmaSlope(double t) {
      return -2 * alpha(t) * alphaSlope(t);
    }
  }

  /**
   * Variance-exploding, σ rising geometrically (equation 30).
   *
   * @param least σ(0)
   * @param greatest σ(1)
   */
  record Ve(double least, double greatest) implements ImageProcess {
    @Override
    public double alpha(double t) {
      return 1;
    }

    @Override
    public double sigma(double t) {
      return least * StrictMath.pow(greatest / least, t);
    }

    @Override
    public double alphaSlope(double t) {
      return 0;
    }

    @Override
    public double sigmaSlope(double t) {
      return sigma(t) * StrictMath.log(greatest / least);
    }
  }

  /** Flow matching's straight lines (https://arxiv.org/abs/2210.02747). */
  record Flow() implements ImageProcess {
    @Override
    public double alpha(double t) {
      return 1 - t;
    }

    @Override
    public double sigma(double t) {
      return t;
    }

    @Override
    public double alphaSlope(double t) {
      return -1;
    }

    @Override
    public double sigmaSlope(double t) {
      return 1;
    }
  }
}
