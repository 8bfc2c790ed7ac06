package dev.unmask.engine.image;

/** What an image denoiser's output is, where x = α x_0 + σ ε. */
public enum Parameterization {
  /** ε. */
  NOISE {
    @Override
    float x0(float x, float output, float alpha, float sigma) {
      return (x - sigma * output) / alpha;
    }

    @Override
    float noise(float x, float output, float alpha, float sigma) {
      return output;
    }
  },
  /** x_0. */
  IMAGE {
    @Override
    float x0(float x, float output, float alpha, float sigma) {
      return output;
    }

    @Override
    float noise(float x, float output, float alpha, float sigma) {
      return (x - alpha * output) / sigma;
    }
  },
  /**
   * v = α ε − σ x_0 (Salimans and Ho 2022, https://arxiv.org/abs/2202.00512), where α² + σ² = 1.
   */
  VELOCITY {
    @Override
    float x0(float x, float output, float alpha, float sigma) {
      return alpha * x - sigma * output;
    }

    @Override
    float noise(float x, float output, float alpha, float sigma) {
      return alpha * output + sigma * x;
    }
  },
  /** ∇ log p(x) = −ε / σ (Song et al. 2021, https://arxiv.org/abs/2011.13456). */
  SCORE {
    @Override
    float x0(float x, float output, float alpha, float sigma) {
      return (x + sigma * sigma * output) / alpha;
    }

    @Override
    float noise(float x, float output, float alpha, float sigma) {
      return -sigma * output;
    }
  };

  /** x̂0 of a pixel. */
  abstract float x0(float x, float output, float alpha, float sigma);

  /** The predicted noise of a pixel. */
  abstract float noise(float x, float output, float alpha, float sigma);
}
