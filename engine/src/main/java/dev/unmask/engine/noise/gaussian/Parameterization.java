package dev.unmask.engine.noise.gaussian;

/** Views of x̂0, as networks give it, where x = α x_0 + σ ε. */
public enum Parameterization {
  /** ε. */
  NOISE {
    @Override
    public float x0(float x, float output, float alpha, float sigma) {
      return (x - sigma * output) / alpha;
    }

    @Override
    public float noise(float x, float output, float alpha, float sigma) {
      return output;
    }

    @Override
    public float output(float x, float clean, float alpha, float sigma) {
      return (x - alpha * clean) / sigma;
    }
  },
  /** x_0. */
  IMAGE {
    @Override
    public float x0(float x, float output, float alpha, float sigma) {
      return output;
    }

    @Override
    public float noise(float x, float output, float alpha, float sigma) {
      return (x - alpha * output) / sigma;
    }

    @Override
    public float output(float x, float clean, float alpha, float sigma) {
      return clean;
    }
  },
  /**
   * v = α ε − σ x_0 (Salimans and Ho 2022, https://arxiv.org/abs/2202.00512), where α² + σ² = 1.
   */
  VELOCITY {
    @Override
    public float x0(float x, float output, float alpha, float sigma) {
      return alpha * x - sigma * output;
    }

    @Override
    public float noise(float x, float output, float alpha, float sigma) {
      return alpha * output + sigma * x;
    }

    @Override
    public float output(float x, float clean, float alpha, float sigma) {
      return (alpha * x - clean) / sigma;
    }
  },
  /** ∇ log p(x) = −ε / σ (Song et al. 2021, https://arxiv.org/abs/2011.13456). */
  SCORE {
    @Override
    public float x0(float x, float output, float alpha, float sigma) {
      return (x + sigma * sigma * output) / alpha;
    }

    @Override
    public float noise(float x, float output, float alpha, float sigma) {
      return -sigma * output;
    }

    @Override
    public float output(float x, float clean, float alpha, float sigma) {
      return (alpha * clean - x) / (sigma * sigma);
    }
  },
  /** ε − x_0, the velocity of flow matching (https://arxiv.org/abs/2210.02747), where α = 1 − σ. */
  FLOW {
    @Override
    public float x0(float x, float output, float alpha, float sigma) {
      return x - sigma * output;
    }

    @Override
    public float noise(float x, float output, float alpha, float sigma) {
      return x + alpha * output;
    }

    @Override
    public float output(float x, float clean, float alpha, float sigma) {
      return (x - clean) / sigma;
    }
  };

  /** x̂0 of a pixel. */
  public abstract float x0(float x, float output, float alpha, float sigma);

  /** The predicted noise of a pixel. */
  public abstract float noise(float x, float output, float alpha, float sigma);

  /** The output whose x̂0 is {@code clean}, of a pixel. */
  public abstract float output(float x, float clean, float alpha, float sigma);

  /** The outputs whose x̂0 is {@code clean}. */
  public float[] outputs(float[] x, float[] clean, Corruption.Gaussian corruption) {
    float alpha = (float) corruption.alpha();
    float sigma = (float) corruption.sigma();
    return Pixels.each(x.length, i -> output(x[i], clean[i], alpha, sigma));
  }

  /** The predicted noise of outputs. */
  public float[] noises(float[] x, float[] outputs, Corruption.Gaussian corruption) {
    float alpha = (float) corruption.alpha();
    float sigma = (float) corruption.sigma();
    return Pixels.each(x.length, i -> noise(x[i], outputs[i], alpha, sigma));
  }

  /** The x̂0 of outputs. */
  public float[] clean(float[] x, float[] outputs, Corruption.Gaussian corruption) {
    float alpha = (float) corruption.alpha();
    float sigma = (float) corruption.sigma();
    return Pixels.each(x.length, i -> x0(x[i], outputs[i], alpha, sigma));
  }
}
