package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.sampler.image.Clipping;
import dev.unmask.engine.sampler.image.Consistency;
import dev.unmask.engine.sampler.image.Ddim;
import dev.unmask.engine.sampler.image.Ddpm;
import dev.unmask.engine.sampler.image.FlowEuler;
import dev.unmask.engine.sampler.image.FlowHeun;
import dev.unmask.engine.sampler.image.LatentConsistency;
import dev.unmask.engine.sampler.image.NoiseGrid;
import dev.unmask.engine.sampler.image.Preconditioning;
import dev.unmask.engine.sampler.image.PredictorCorrector;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** The schedulers of diffusers by their names and configurations. */
final class Schedulers {
  private Schedulers() {}

  /**
   * The scheduler; empty if no sampler here does the same.
   *
   * @param visited the times that were recorded; empty if the scheduler was left as it was made
   * @param sigmas the σ that were recorded; may be empty
   */
  static Optional<Scheduler> named(
      String scheduler, SchedulerConfig config, float[] visited, float[] sigmas) {
    return switch (scheduler) {
      case "DDPMScheduler", "DDPMParallelScheduler" -> ddpm(config, visited);
      case "DDIMScheduler", "DDIMParallelScheduler" -> ddim(config, visited);
      case "DDIMInverseScheduler" -> ddimInverse(config, visited);
      case "EulerDiscreteScheduler",
          "EulerAncestralDiscreteScheduler",
          "HeunDiscreteScheduler",
          "LMSDiscreteScheduler" ->
          SolverSchedulers.inSigma(scheduler, config, visited.length);
      case "DPMSolverMultistepScheduler",
          "DPMSolverMultistepInverseScheduler",
          "UniPCMultistepScheduler" ->
          SolverSchedulers.inLogSnr(scheduler, config, visited.length);
      case "EDMEulerScheduler", "EDMDPMSolverMultistepScheduler" ->
          SolverSchedulers.edm(scheduler, config, visited.length);
      case "LCMScheduler" -> latentConsistency(config, visited.length);
      case "CMStochasticIterativeScheduler" -> consistency(config, sigmas);
      case "ScoreSdeVeScheduler" -> predictorCorrector(config, visited.length);
      case "FlowMatchEulerDiscreteScheduler", "FlowMatchHeunDiscreteScheduler" ->
          flow(scheduler, config, visited.length);
      default -> Optional.empty();
    };
  }

  private static Optional<Scheduler> ddpm(SchedulerConfig config, float[] visited) {
    Optional<Ddpm.Variance> variance =
        switch (config.text("variance_type", "fixed_small")) {
          case "fixed_small", "fixed_small_log" -> Optional.of(Ddpm.Variance.POSTERIOR);
          case "fixed_large", "fixed_large_log" -> Optional.of(Ddpm.Variance.BETA);
          default -> Optional.empty();
        };
    return variance.flatMap(
        kind ->
            times(config, visited)
                .map(
                    times ->
                        Scheduler.plain(
                            new Ddpm(config.noise(), times, kind),
                            floats(times),
                            config.parameterization(),
                            config.clipping(true))));
  }

  private static Optional<Scheduler> ddim(SchedulerConfig config, float[] visited) {
    TrainingNoise noise = config.noise();
    return times(config, visited)
        .filter(times -> isEven(times, noise.steps()))
        .map(
            times ->
                Scheduler.plain(
                    Ddim.sampling(noise, times, cleanest(config, noise), config.clipping(true), 0),
                    floats(times),
                    config.parameterization(),
                    Clipping.NONE));
  }

  /** Its network says ε of the noise where a step begins, and is told that where it ends. */
  private static Optional<Scheduler> ddimInverse(SchedulerConfig config, float[] visited) {
    TrainingNoise noise = config.noise();
    float start = cleanest(config, noise);
    return times(config, visited)
        .map(
            times -> {
              Ddim ddim = Ddim.inverting(noise, times, start, config.clipping(true));
              return new Scheduler(
                  ddim,
                  floats(times),
                  (x, said, step) -> {
                    var from =
                        step == 0
                            ? Corruption.Gaussian.preserving(start)
                            : ddim.corruption(step - 1);
                    float[] epsilon = config.parameterization().noises(x, said, from);
                    return Parameterization.NOISE.clean(x, epsilon, ddim.corruption(step));
                  },
                  Clipping.NONE);
            });
  }

  private static float[] floats(int[] times) {
    return Pixels.each(times.length, i -> times[i]);
  }

  /** Whether each step leads to the next time by T // n, as diffusers counts, and the last to 0. */
  private static boolean isEven(int[] times, int trained) {
    int stride = trained / times.length;
    return IntStream.range(0, times.length)
        .allMatch(
            i -> i + 1 < times.length ? times[i] - times[i + 1] == stride : times[i] - stride < 0);
  }

  private static float cleanest(SchedulerConfig config, TrainingNoise noise) {
    return config.isOn("set_alpha_to_one", true) ? 1 : noise.alphaBar()[0];
  }

  /** The trained steps that were visited, all if none are told. */
  private static Optional<int[]> times(SchedulerConfig config, float[] visited) {
    int trained = config.noise().steps();
    int[] times =
        visited.length == 0
            ? steps(trained)
            : IntStream.range(0, visited.length).map(i -> (int) visited[i]).toArray();
    boolean isKnown = config.hasNoise() && IntStream.of(times).allMatch(t -> t >= 0 && t < trained);
    return Optional.of(times).filter(_ -> isKnown);
  }

  private static Optional<Scheduler> latentConsistency(SchedulerConfig config, int steps) {
    if (!config.hasNoise()) {
      return Optional.empty();
    }
    TrainingNoise noise = config.noise();
    int[] times =
        LatentConsistency.times(noise.steps(), config.whole("original_inference_steps", 50), steps);
    return Optional.of(
        Scheduler.plain(
            new LatentConsistency(noise, times, config.number("timestep_scaling", 10)),
            floats(times),
            config.parameterization(),
            config.clipping(false)));
  }

  /** The visited steps are told by their σ alone. */
  private static Optional<Scheduler> consistency(SchedulerConfig config, float[] sigmas) {
    if (sigmas.length < 2 || config.number("s_noise", 1) != 1) {
      return Optional.empty();
    }
    double greatest = config.number("sigma_max", 80);
    double least = config.number("sigma_min", 0.002);
    double rho = config.number("rho", 7);
    int trained = config.trained(40);
    float[] all = Consistency.grid(greatest, least, rho, trained, steps(trained)).sigmas();
    int[] visited =
        IntStream.range(0, sigmas.length - 1).map(i -> nearest(all, trained, sigmas[i])).toArray();
    Clipping clipping = config.isOn("clip_denoised", true) ? Clipping.to(1) : Clipping.NONE;
    NoiseGrid grid = Consistency.grid(greatest, least, rho, trained, visited);
    return Optional.of(
        Scheduler.preconditioned(
            new Consistency(grid, least),
            grid,
            new Preconditioning(Consistency.SIGMA_DATA, (float) least),
            1,
            true,
            clipping));
  }

  /** Of so many trained steps, from the noisiest. */
  private static int[] steps(int trained) {
    return IntStream.range(0, trained).map(i -> trained - 1 - i).toArray();
  }

  private static int nearest(float[] all, int trained, float sigma) {
    return IntStream.range(0, trained)
        .boxed()
        .min(Comparator.comparingDouble(i -> Math.abs(all[i] - sigma)))
        .map(i -> trained - 1 - i)
        .orElse(0);
  }

  /** Its test asks the network before it sets the steps, and so tells it another grid's σ. */
  private static Optional<Scheduler> predictorCorrector(SchedulerConfig config, int points) {
    PredictorCorrector told = predictorCorrectorOver(config, config.trained(2000));
    float[] times = Pixels.each(told.steps(), i -> (float) told.corruption(i).sigma());
    return Optional.of(
        Scheduler.plain(
            predictorCorrectorOver(config, points), times, Parameterization.SCORE, Clipping.NONE));
  }

  private static PredictorCorrector predictorCorrectorOver(SchedulerConfig config, int points) {
    return new PredictorCorrector(
        new PredictorCorrector.Setup(
            config.number("sigma_max", 1348),
            config.number("sigma_min", 0.01),
            config.number("sampling_eps", 1e-5),
            config.whole("correct_steps", 1),
            config.number("snr", 0.15)),
        points);
  }

  private static Optional<Scheduler> flow(String scheduler, SchedulerConfig config, int visited) {
    boolean isKnown =
        config.lacks(
            "use_dynamic_shifting",
            "use_karras_sigmas",
            "use_exponential_sigmas",
            "use_beta_sigmas",
            "invert_sigmas",
            "stochastic_sampling",
            "shift_terminal");
    if (!isKnown) {
      return Optional.empty();
    }
    boolean isHeun = scheduler.contains("Heun");
    NoiseGrid grid =
        FlowEuler.grid(
            config.trained(1000), config.number("shift", 1), isHeun ? (visited + 1) / 2 : visited);
    return Optional.of(
        Scheduler.plain(
            isHeun ? new FlowHeun(grid) : new FlowEuler(grid),
            isHeun ? grid.twice().times() : grid.times(),
            Parameterization.FLOW,
            Clipping.NONE));
  }
}
