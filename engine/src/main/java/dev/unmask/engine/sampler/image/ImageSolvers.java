package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.CLEAN;
import static dev.unmask.engine.sampler.image.ImageSettings.FREE;
import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.ORDER;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.SIGMAS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.plan;
import static dev.unmask.engine.sampler.image.ImageSettings.steps;

import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** The image samplers that follow a score, an ODE or a flow. */
public final class ImageSolvers {
  private static final Setting.Real SIGMA_MAX =
      new Setting.Real("sigma-max", 50.0, 0.1, 1000, "The greatest noise");
  private static final Setting.Real SIGMA_MIN =
      new Setting.Real("sigma-min", 0.01, 1e-4, 0.1, "The least noise");
  private static final Setting.Whole EACH =
      new Setting.Whole("steps-each", 5, 1, 1000, "Langevin steps at each level");
  private static final Setting.Real STEP_SIZE =
      new Setting.Real("step-size", 2e-5, 1e-8, 0.01, "Of a step at the least noise");
  private static final Setting.Whole CORRECTIONS =
      new Setting.Whole("corrections", 1, 0, 10, "Langevin steps at each level");
  private static final Setting.Real SIGNAL_TO_NOISE =
      new Setting.Real("snr", 0.16, 0.001, 1, "How long those are");
  private static final Setting.Real SHIFT =
      new Setting.Real("shift", 1.0, 0.1, 20, "How much longer the steps stay among the noise");
  private static final Setting.Choice FORM =
      new Setting.Choice(
          "form", "bh2", List.of("bh1", "bh2"), "Whether B(h) is h, or e^h − 1, as in the paper");

  /** Where the probability flow and the predictor-corrector stop, as their paper does. */
  private static final double LEAST_TIME = 1e-3;

  private static final double LEAST_SDE_TIME = 1e-5;
  private static final Setting.Whole LANGEVIN_LEVELS = steps(40, LEVELS);
  private static final Setting.Whole SDE_STEPS = steps(200, LEVELS);
  private static final Conditioning EDM = new Conditioning.Edm(0.5f, false);

  public static final ImageSamplerKind LANGEVIN =
      kind(
          "annealed-langevin",
          "Annealed Langevin dynamics (NCSN)",
          "Climbs the score with fresh noise, some steps at each level, from the greatest to the least.",
          "1907.05600",
          "Checked against theory: mean and variance with an exact denoiser",
          List.of(LANGEVIN_LEVELS, EACH, SIGMA_MAX, SIGMA_MIN, STEP_SIZE),
          always(ProcessKind.VE),
          settings ->
              new AnnealedLangevin(
                  settings.get(SIGMA_MAX),
                  settings.get(SIGMA_MIN),
                  settings.get(LANGEVIN_LEVELS),
                  settings.get(EACH),
                  settings.get(STEP_SIZE)));

  public static final ImageSamplerKind PREDICTOR_CORRECTOR =
      kind(
          "predictor-corrector",
          "Score SDE, predictor-corrector",
          "Takes Langevin steps at each level, and one step of the reverse SDE to the next.",
          "2011.13456",
          "Equal, step by step, to recordings of diffusers' tests of ScoreSdeVe; and against theory",
          List.of(SDE_STEPS, CORRECTIONS, SIGNAL_TO_NOISE),
          always(ProcessKind.VE),
          settings ->
              new PredictorCorrector(
                  new PredictorCorrector.Setup(
                      50,
                      0.01,
                      LEAST_SDE_TIME,
                      settings.get(CORRECTIONS),
                      settings.get(SIGNAL_TO_NOISE)),
                  settings.get(SDE_STEPS)));

  public static final ImageSamplerKind PROBABILITY_FLOW =
      kind(
          "probability-flow",
          "Score SDE, probability-flow ODE",
          "Follows the ODE that has the same distributions as the SDE, in straight steps of t.",
          "2011.13456",
          "Checked against theory: mean and variance with an exact denoiser",
          List.of(SDE_STEPS, PROCESS),
          ImageSettings::process,
          settings ->
              new ProbabilityFlow(
                  ImageSettings.process(settings).gaussian().orElseThrow(),
                  settings.get(SDE_STEPS),
                  LEAST_TIME));

  public static final ImageSamplerKind EULER =
      inSigma(
          "euler",
          "Euler",
          "Follows the probability-flow ODE in straight steps of σ.",
          "EulerDiscrete",
          grid -> new Euler(grid, CLEAN));

  public static final ImageSamplerKind EULER_ANCESTRAL =
      inSigma(
          "euler-ancestral",
          "Euler, ancestral",
          "Steps lower than Euler would, and adds fresh noise up to there.",
          "EulerAncestralDiscrete",
          grid -> new EulerAncestral(grid, CLEAN));

  public static final ImageSamplerKind HEUN =
      inSigma(
          "heun",
          "Heun",
          "Takes each step of Euler's again with the mean of the slopes at both of its ends.",
          "HeunDiscrete",
          grid -> new Heun(grid, CLEAN));

  public static final ImageSamplerKind LMS =
      inSigma(
          "lms",
          "Linear multistep",
          "Integrates the polynomial through the last four slopes.",
          "LMSDiscrete",
          grid -> new LinearMultistep(grid, CLEAN, false));

  public static final ImageSamplerKind DPM_SOLVER =
      kind(
          "dpm-solver++",
          "DPM-Solver++, multistep",
          "Solves the ODE in log SNR exactly, but for the image, extrapolated from the last ones.",
          "2211.01095",
          "Equal, step by step, to recordings of diffusers' tests of DPMSolverMultistep; and against theory",
          List.of(STEPS, PROCESS, ORDER),
          ImageSettings::process,
          settings ->
              new DpmSolver(
                  plan(settings, SigmaRule.TRAINED).inLogSnr(), CLEAN, FREE, method(settings)));

  public static final ImageSamplerKind DPM_SOLVER_INVERSION =
      new ImageSamplerKind(
          "dpm-solver++-inversion",
          "DPM-Solver++, inverted",
          "Finds the noise from which DPM-Solver++ would make an image.",
          URI.create("https://arxiv.org/abs/2211.01095"),
          "Equal, step by step, to recordings of diffusers' tests of DPMSolverMultistepInverse",
          List.of(STEPS, PROCESS, ORDER),
          Beginning.IMAGE,
          ImageSettings::process,
          settings ->
              new DpmSolver(
                  plan(settings, SigmaRule.TRAINED).inverse(), CLEAN, FREE, method(settings)));

  public static final ImageSamplerKind EDM_EULER =
      kind(
          "edm-euler",
          "EDM, Euler",
          "Euler's method on EDM's levels, from σ = 80 to 0.002.",
          "2206.00364",
          "Equal, step by step, to recordings of diffusers' tests of EDMEuler; and against theory",
          List.of(STEPS),
          always(ProcessKind.VE),
          settings -> new Euler(edm(settings), EDM));

  public static final ImageSamplerKind EDM_DPM_SOLVER =
      kind(
          "edm-dpm-solver",
          "EDM, DPM-Solver++",
          "DPM-Solver++ on EDM's levels, from σ = 80 to 0.002.",
          "2206.00364",
          "Equal, step by step, to recordings of diffusers' tests of EDMDPMSolverMultistep; and against theory",
          List.of(STEPS, ORDER),
          always(ProcessKind.VE),
          settings -> new DpmSolver(edm(settings), EDM, FREE, method(settings)));

  public static final ImageSamplerKind UNIPC =
      kind(
          "unipc",
          "UniPC",
          "Predicts a step, and corrects it once its end was evaluated.",
          "2302.04867",
          "Equal, step by step, to recordings of diffusers' tests of UniPCMultistep; and against theory",
          List.of(STEPS, PROCESS, ORDER, FORM),
          ImageSettings::process,
          settings ->
              new UniPc(
                  plan(settings, SigmaRule.TRAINED).inLogSnr(),
                  CLEAN,
                  FREE,
                  new UniPc.Method(settings.get(ORDER), settings.get(FORM).equals("bh1"), true)));

  public static final ImageSamplerKind FLOW_EULER =
      flow(
          "flow-euler",
          "Flow matching, Euler",
          "Follows the flow from noise to image in straight steps.",
          "FlowMatchEuler",
          FlowEuler::new);

  public static final ImageSamplerKind FLOW_HEUN =
      flow(
          "flow-heun",
          "Flow matching, Heun",
          "Takes each step of the flow again with the mean of the velocities at both of its ends.",
          "FlowMatchHeun",
          FlowHeun::new);

  private ImageSolvers() {}

  private static ImageSamplerKind kind(
      String name,
      String title,
      String summary,
      String arxiv,
      String verified,
      List<Setting<?>> settings,
      Function<Settings, ProcessKind> noise,
      Function<Settings, ImageSampler> constructor) {
    URI paper = URI.create("https://arxiv.org/abs/" + arxiv);
    return new ImageSamplerKind(
        name, title, summary, paper, verified, settings, Beginning.NOISE, noise, constructor);
  }

  /** One that works on x = x_0 + σ ε. */
  private static ImageSamplerKind inSigma(
      String name,
      String title,
      String summary,
      String scheduler,
      Function<NoiseGrid, ImageSampler> constructor) {
    return kind(
        name,
        title,
        summary,
        "2206.00364",
        recorded(scheduler),
        List.of(STEPS, PROCESS, SIGMAS),
        ImageSettings::process,
        settings -> constructor.apply(plan(settings).inSigma()));
  }

  private static ImageSamplerKind flow(
      String name,
      String title,
      String summary,
      String scheduler,
      Function<NoiseGrid, ImageSampler> constructor) {
    return kind(
        name,
        title,
        summary,
        "2210.02747",
        recorded(scheduler),
        List.of(STEPS, SHIFT),
        always(ProcessKind.FLOW),
        settings ->
            constructor.apply(FlowGrid.of(LEVELS, settings.get(SHIFT), settings.get(STEPS))));
  }

  private static String recorded(String scheduler) {
    return "Equal, step by step, to recordings of diffusers' tests of %s; and against theory"
        .formatted(scheduler);
  }

  private static DpmSolver.Method method(Settings settings) {
    return new DpmSolver.Method(settings.get(ORDER), false, true, false);
  }

  private static NoiseGrid edm(Settings settings) {
    return Conditioning.Edm.grid(80, 0.002, 7, settings.get(STEPS), true);
  }
}
