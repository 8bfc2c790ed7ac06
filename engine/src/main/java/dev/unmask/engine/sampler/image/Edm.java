package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.ORDER;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import java.util.List;

/**
 * A solver as EDM runs it (Karras et al. 2022, https://arxiv.org/abs/2206.00364): on its own
 * levels, with x̂0 by its preconditioning.
 *
 * @param solver on {@link #grid}, where α = 1
 */
public record Edm(ImageSampler solver) implements ImageSampler {
  private static final Preconditioning PRECONDITIONING = new Preconditioning(0.5f, 0);

  /** With Euler's method. */
  public static final ImageSamplerKind EULER =
      kind(
          "edm-euler",
          "EDM, Euler",
          "Euler's method on EDM's levels, from σ = 80 to 0.002.",
          "2206.00364",
          "Equal, step by step, to recordings of diffusers' tests of EDMEuler; and against theory",
          List.of(STEPS),
          always(ProcessKind.VE),
          settings -> new Edm(new Euler(usual(settings))));

  /** With DPM-Solver++. */
  public static final ImageSamplerKind DPM_SOLVER =
      kind(
          "edm-dpm-solver",
          "EDM, DPM-Solver++",
          "DPM-Solver++ on EDM's levels, from σ = 80 to 0.002.",
          "2206.00364",
          "Equal, step by step, to recordings of diffusers' tests of EDMDPMSolverMultistep; and"
              + " against theory",
          List.of(STEPS, ORDER),
          always(ProcessKind.VE),
          settings -> new Edm(DpmSolver.exploding(usual(settings), DpmSolver.Method.of(settings))));

  private static NoiseGrid usual(Settings settings) {
    return grid(80, 0.002, 7, settings.get(STEPS), true);
  }

  /**
   * Its levels (equation 5), of which a network is told ln σ / 4.
   *
   * @param endsAtZero whether the last σ is 0, or the least
   */
  public static NoiseGrid grid(
      double greatest, double least, double rho, int steps, boolean endsAtZero) {
    float[] sigmas = SigmaRule.karras(greatest, least, rho, steps);
    float[] times = Pixels.each(steps, i -> 0.25f * (float) StrictMath.log(sigmas[i]));
    float scale = (float) Math.sqrt(greatest * greatest + 1);
    return NoiseGrid.of(times, sigmas, endsAtZero ? 0 : (float) least, scale);
  }

  @Override
  public int steps() {
    return solver.steps();
  }

  @Override
  public Corruption corruption(int step) {
    return solver.corruption(step);
  }

  @Override
  public float initialScale() {
    return solver.initialScale();
  }

  @Override
  public int remembersFrom(int step) {
    return solver.remembersFrom(step);
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    var corruption = (Corruption.Gaussian) corruption(state.step());
    float sigma = (float) corruption.sigma();
    return solver.step(state, PRECONDITIONING.rounded(state.x(), clean, sigma), random);
  }
}
