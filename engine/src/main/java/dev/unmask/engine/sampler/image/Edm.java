package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.FREE;
import static dev.unmask.engine.sampler.image.ImageSettings.ORDER;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;

import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.Settings;
import java.util.List;

/** The solvers as EDM has them (Karras et al. 2022, https://arxiv.org/abs/2206.00364). */
public final class Edm {
  private static final Conditioning CONDITIONING = new Conditioning.Edm(0.5f, false);

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
          settings -> new Euler(grid(settings), CONDITIONING));

  /** With DPM-Solver++. */
  public static final ImageSamplerKind DPM_SOLVER =
      kind(
          "edm-dpm-solver",
          "EDM, DPM-Solver++",
          "DPM-Solver++ on EDM's levels, from σ = 80 to 0.002.",
          "2206.00364",
          "Equal, step by step, to recordings of diffusers' tests of EDMDPMSolverMultistep; and against theory",
          List.of(STEPS, ORDER),
          always(ProcessKind.VE),
          settings ->
              new DpmSolver(grid(settings), CONDITIONING, FREE, DpmSolver.Method.of(settings)));

  private Edm() {}

  private static NoiseGrid grid(Settings settings) {
    return Conditioning.Edm.grid(80, 0.002, 7, settings.get(STEPS), true);
  }
}
