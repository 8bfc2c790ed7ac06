package dev.unmask.engine.image;

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

  /** α² / σ², the signal-to-noise ratio; infinite where there is no noise. */
  default double signalToNoise(double t) {
    double ratio = alpha(t) / sigma(t);
    return ratio * ratio;
  }

  /** x_t of a clean batch and its standard normal noise. */
  default float[] corrupted(float[] x, float[] noise, double t) {
    double alpha = alpha(t);
    double sigma = sigma(t);
    return Pixels.each(x.length, i -> (float) (alpha * x[i] + sigma * noise[i]));
  }

  /**
   * Variance-preserving, β rising evenly (equation 33): DDPM's in continuous time.
   *
   * @param first β(0)
   * @param last β(1)
   */
  record LinearPreserving(double first, double last) implements ImageProcess {
    /** As in the paper. */
    public static final LinearPreserving USUAL = new LinearPreserving(0.1, 20);

    @Override
    public double alpha(double t) {
      return Math.exp(-t * t * (last - first) / 4 - t * first / 2);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(-Math.expm1(2 * Math.log(alpha(t))));
    }
  }

  /** Variance-preserving, α a cosine (https://arxiv.org/abs/2102.09672). */
  record CosinePreserving() implements ImageProcess {
    @Override
    public double alpha(double t) {
      return Math.cos(t * Math.PI / 2);
    }

    @Override
    public double sigma(double t) {
      return Math.sin(t * Math.PI / 2);
    }
  }

  /** Sub-VP, whose variance stays below that of VP (equation 29). */
  record SubPreserving(LinearPreserving bound) implements ImageProcess {
    @Override
    public double alpha(double t) {
      return bound.alpha(t);
    }

    @Override
    public double sigma(double t) {
      double kept = bound.alpha(t);
      return 1 - kept * kept;
    }
  }

  /**
   * Variance-exploding, σ rising geometrically (equation 30).
   *
   * @param least σ(0)
   * @param greatest σ(1)
   */
  record Exploding(double least, double greatest) implements ImageProcess {
    @Override
    public double alpha(double t) {
      return 1;
    }

    @Override
    public double sigma(double t) {
      return least * Math.pow(greatest / least, t);
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
  }
}
