package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.image.Clipping;
import dev.unmask.engine.sampler.image.DpmSolver;
import dev.unmask.engine.sampler.image.Edm;
import dev.unmask.engine.sampler.image.Euler;
import dev.unmask.engine.sampler.image.EulerAncestral;
import dev.unmask.engine.sampler.image.GridPlan;
import dev.unmask.engine.sampler.image.Heun;
import dev.unmask.engine.sampler.image.LinearMultistep;
import dev.unmask.engine.sampler.image.NoiseGrid;
import dev.unmask.engine.sampler.image.Preconditioning;
import dev.unmask.engine.sampler.image.UniPc;
import java.util.Optional;

/** The solvers of the probability-flow ODE among the {@link Schedulers}. */
final class SolverSchedulers {
  private SolverSchedulers() {}

  /** On x = x_0 + σ ε. */
  static Optional<Scheduler> inSigma(String scheduler, SchedulerConfig config, int visited) {
    boolean isKnown =
        config.hasNoise()
            && config.lacks(
                "use_beta_sigmas", "sigma_min", "sigma_max", "clip_sample", "thresholding")
            && config.text("interpolation_type", "linear").equals("linear")
            && config.text("timestep_type", "discrete").equals("discrete");
    if (!isKnown) {
      return Optional.empty();
    }
    boolean isHeun = scheduler.startsWith("Heun");
    NoiseGrid grid = plan(config, isHeun ? (visited + 1) / 2 : visited, "zero").inSigma();
    ImageSampler sampler =
        switch (scheduler) {
          case "EulerDiscreteScheduler" -> new Euler(grid);
          case "EulerAncestralDiscreteScheduler" -> new EulerAncestral(grid);
          case "HeunDiscreteScheduler" -> new Heun(grid);
          default -> new LinearMultistep(grid, true);
        };
    return Optional.of(
        Scheduler.inSigma(sampler, isHeun ? grid.twice() : grid, config.parameterization()));
  }

  private static GridPlan plan(SchedulerConfig config, int steps, String end) {
    return new GridPlan(
        config.noiseOfSolvers(),
        steps,
        config.spacing("linspace"),
        config.whole("steps_offset", 0),
        config.rule(),
        config.text("final_sigmas_type", end).equals("zero"));
  }

  /** In log SNR. */
  static Optional<Scheduler> inLogSnr(String scheduler, SchedulerConfig config, int steps) {
    boolean isKnown =
        config.hasNoise()
            && config.lacks(
                "use_beta_sigmas",
                "use_flow_sigmas",
                "use_dynamic_shifting",
                "sigma_min",
                "sigma_max",
                "shift_terminal",
                "lambda_min_clipped",
                "solver_p")
            && config.fields().path("disable_corrector").isEmpty()
            && config.text("variance_type", "null").equals("null")
            && config.text("algorithm_type", "dpmsolver++").equals("dpmsolver++")
            && config.isOn("predict_x0", true);
    if (!isKnown) {
      return Optional.empty();
    }
    GridPlan plan = plan(config, steps, "zero");
    NoiseGrid grid = scheduler.contains("Inverse") ? plan.inverse() : plan.inLogSnr();
    ImageSampler sampler =
        scheduler.startsWith("UniPC")
            ? new UniPc(grid, corrected(config))
            : DpmSolver.preserving(grid, method(config));
    return Optional.of(
        Scheduler.inLogSnr(sampler, grid, config.parameterization(), config.clipping(false)));
  }

  private static UniPc.Method corrected(SchedulerConfig config) {
    return new UniPc.Method(
        Math.clamp(config.whole("solver_order", 2), 1, 3),
        config.text("solver_type", "bh2").equals("bh1"),
        config.isOn("lower_order_final", true));
  }

  private static DpmSolver.Method method(SchedulerConfig config) {
    return new DpmSolver.Method(
        Math.clamp(config.whole("solver_order", 2), 1, 3),
        config.text("solver_type", "midpoint").equals("heun"),
        config.isOn("lower_order_final", true),
        config.isOn("euler_at_final"));
  }

  /** With EDM's conditioning. */
  static Optional<Scheduler> edm(String scheduler, SchedulerConfig config, int steps) {
    boolean isKnown =
        config.text("sigma_schedule", "karras").equals("karras")
            && config.text("algorithm_type", "dpmsolver++").equals("dpmsolver++")
            && !config.text("prediction_type", "epsilon").equals("sample");
    if (!isKnown) {
      return Optional.empty();
    }
    NoiseGrid grid =
        Edm.grid(
            config.number("sigma_max", 80),
            config.number("sigma_min", 0.002),
            config.number("rho", 7),
            steps,
            config.text("final_sigmas_type", "zero").equals("zero"));
    boolean isEuler = scheduler.startsWith("EDMEuler");
    return Optional.of(
        Scheduler.preconditioned(
            isEuler ? new Euler(grid) : DpmSolver.exploding(grid, method(config)),
            grid,
            new Preconditioning((float) config.number("sigma_data", 0.5), 0),
            config.parameterization() == Parameterization.VELOCITY ? -1 : 1,
            isEuler,
            isEuler ? Clipping.NONE : config.clipping(false)));
  }
}
