package dev.unmask.engine.checkpoint;

import dev.unmask.engine.noise.BetaSchedule;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.TrainingNoise;

/** The noise that an image model was trained to take away. */
public sealed interface ImageNoise {
  /** T: how many steps it has; times are counted in them. */
  int steps();

  /** What the model says of an image with this noise. */
  Parameterization output();

  /**
   * Gaussian noise whose β rise linearly (https://arxiv.org/abs/2006.11239, section 4), of which
   * the model tells the velocity (https://arxiv.org/abs/2202.00512).
   *
   * @param betas β_1 to β_T
   */
  record Gaussian(int steps, BetaSchedule.Linear betas) implements ImageNoise {
    /** DDPM's own. */
    public static final Gaussian DDPM = new Gaussian(1000, new BetaSchedule.Linear(1e-4, 0.02));

    @Override
    public Parameterization output() {
      return Parameterization.VELOCITY;
    }

    /** As samplers ask for it. */
    public TrainingNoise training() {
      return TrainingNoise.linear(betas.first(), betas.last(), steps);
    }

    /** ᾱ_1 to ᾱ_T: how much of a clean image's variance is left at each step. */
    public double[] alphaBar() {
      double[] alphaBar = betas.betas(steps);
      double product = 1;
      for (int i = 0; i < steps; i++) {
        product *= 1 - alphaBar[i];
        alphaBar[i] = product;
      }
      return alphaBar;
    }
  }

  /**
   * Masking noise (Vincent et al. 2008, https://doi.org/10.1145/1390156.1390294): some of the
   * pixels, drawn by chance, are black. The model is not told how many.
   */
  record Masking() implements ImageNoise {
    @Override
    public int steps() {
      return 1;
    }

    @Override
    public Parameterization output() {
      return Parameterization.IMAGE;
    }
  }
}
