package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.FREE;
import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.noise;
import static dev.unmask.engine.sampler.image.ImageSettings.steps;
import static dev.unmask.engine.sampler.image.ImageSettings.times;

import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The image samplers that predict the image and noise it again, level by level. */
public final class ImageChains {
  private static final Setting.Choice DAMAGE =
      new Setting.Choice(
          "noise",
          "masking",
          List.of("masking", "gaussian"),
          "Whether pixels are made black, or Gaussian noise is added");
  private static final Setting.Real SHARE =
      new Setting.Real("share", 0.3, 0.01, 0.999, "Of masking: how many pixels are made black");
  private static final Setting.Real SIGMA =
      new Setting.Real("sigma", 0.5, 0.01, 50, "Of Gaussian noise: its standard deviation");
  private static final Setting.Choice VARIANCE =
      new Setting.Choice(
          "variance",
          "posterior",
          List.of("posterior", "beta"),
          "How much noise a step adds: as the exact posterior, or as the forward step");
  private static final Setting.Real ETA =
      new Setting.Real("eta", 0.0, 0, 1, "From 0, without fresh noise, to 1, as DDPM");
  private static final Setting.Whole WALK_STEPS = steps(100, 10_000);
  private static final Setting.Whole STEPS_OF_2015 = steps(100, LEVELS);
  private static final Setting.Whole DDPM_STEPS = steps(200, LEVELS);
  private static final Setting.Whole LCM_STEPS = steps(4, 50);
  private static final Setting.Whole CONSISTENCY_STEPS = steps(4, 200);
  private static final Setting.Real TIME_SCALE =
      new Setting.Real("time-scale", 10.0, 0.1, 1000, "How soon x̂0 departs from x as t rises");

  private static final double GREATEST = 80;
  private static final double LEAST = 0.002;
  private static final double RHO = 7;

  public static final ImageSamplerKind WALK_BACK =
      new ImageSamplerKind(
          "walk-back",
          "Walk-back of a denoising autoencoder",
          "Corrupts and denoises in turn, for ever at one level of noise. An approximation: means instead of draws keep the chain near the middle.",
          URI.create("https://arxiv.org/abs/1305.6663"),
          "Checked against theory: the variance of the chain with an exact denoiser",
          List.of(WALK_STEPS, DAMAGE, SHARE, SIGMA),
          Beginning.NOISE,
          settings -> isMasking(settings) ? ProcessKind.MASKING : ProcessKind.VE,
          ImageChains::walkBack);

  public static final ImageSamplerKind OF_2015 =
      new ImageSamplerKind(
          "diffusion-2015",
          "Diffusion from thermodynamics",
          "Takes T steps of noise back one by one, of which each took away the same share of the signal.",
          URI.create("https://arxiv.org/abs/1503.03585"),
          "Checked against theory: mean and variance with an exact denoiser",
          List.of(STEPS_OF_2015),
          Beginning.NOISE,
          always(ProcessKind.VP_EVEN),
          ImageChains::of2015);

  public static final ImageSamplerKind DDPM =
      new ImageSamplerKind(
          "ddpm",
          "DDPM",
          "Draws each step from its posterior, given the predicted image.",
          URI.create("https://arxiv.org/abs/2006.11239"),
          "Equal, step by step, to recordings of diffusers' tests of DDPM; and against theory. Without"
              + " the noise that diffusers' fixed_large adds even in a last step to what is clean",
          List.of(DDPM_STEPS, PROCESS, VARIANCE),
          Beginning.NOISE,
          ImageSettings::process,
          ImageChains::ddpm);

  public static final ImageSamplerKind DDIM =
      new ImageSamplerKind(
          "ddim",
          "DDIM",
          "Noises the predicted image again with the predicted noise.",
          URI.create("https://arxiv.org/abs/2010.02502"),
          "Equal, step by step, to recordings of diffusers' tests of DDIM; and against theory. Each"
              + " step leads to the next time, where diffusers goes down by T // n even if n steps do"
              + " not divide the grid",
          List.of(STEPS, PROCESS, ETA),
          Beginning.NOISE,
          ImageSettings::process,
          settings ->
              Ddim.sampling(
                  noise(settings),
                  times(settings),
                  1,
                  Parameterization.IMAGE,
                  FREE,
                  settings.get(ETA)));

  public static final ImageSamplerKind DDIM_INVERSION =
      new ImageSamplerKind(
          "ddim-inversion",
          "DDIM, inverted",
          "Finds the noise from which DDIM would make an image, by going its way backwards.",
          URI.create("https://arxiv.org/abs/2010.02502"),
          "Equal, step by step, to recordings of diffusers' tests of DDIMInverse; and back again",
          List.of(STEPS, PROCESS),
          Beginning.IMAGE,
          ImageSettings::process,
          ImageChains::inversion);

  public static final ImageSamplerKind LCM =
      new ImageSamplerKind(
          "lcm",
          "Latent consistency",
          "Predicts the image at once, and noises it again, less each time. An approximation, but with a consistency model.",
          URI.create("https://arxiv.org/abs/2310.04378"),
          "Equal, step by step, to recordings of diffusers' tests of LCM",
          List.of(LCM_STEPS, PROCESS, TIME_SCALE),
          Beginning.NOISE,
          ImageSettings::process,
          ImageChains::lcm);

  public static final ImageSamplerKind CONSISTENCY =
      new ImageSamplerKind(
          "consistency",
          "Consistency, multistep",
          "Predicts the image from a great noise, adds less, and predicts again. An approximation, but with a consistency model.",
          URI.create("https://arxiv.org/abs/2303.01469"),
          "Equal, step by step, to recordings of diffusers' tests of CMStochasticIterative",
          List.of(CONSISTENCY_STEPS),
          Beginning.NOISE,
          always(ProcessKind.VE),
          ImageChains::consistency);

  private ImageChains() {}

  private static boolean isMasking(Settings settings) {
    return settings.get(DAMAGE).equals("masking");
  }

  private static WalkBack walkBack(Settings settings) {
    int steps = settings.get(WALK_STEPS);
    return isMasking(settings)
        ? WalkBack.masking(settings.get(SHARE), steps)
        : new WalkBack(settings.get(SIGMA), steps);
  }

  private static Ddpm of2015(Settings settings) {
    int steps = settings.get(STEPS_OF_2015);
    TrainingNoise noise = TrainingNoise.reciprocal(steps);
    return new Ddpm(
        noise, noise.evenly(steps), Parameterization.IMAGE, FREE, Ddpm.Variance.POSTERIOR);
  }

  private static Ddpm ddpm(Settings settings) {
    TrainingNoise noise = noise(settings);
    return new Ddpm(
        noise,
        noise.evenly(settings.get(DDPM_STEPS)),
        Parameterization.IMAGE,
        FREE,
        Ddpm.Variance.valueOf(settings.get(VARIANCE).toUpperCase(Locale.ROOT)));
  }

  private static Ddim inversion(Settings settings) {
    int[] falling = times(settings);
    int[] rising =
        IntStream.range(0, falling.length).map(i -> falling[falling.length - 1 - i]).toArray();
    return Ddim.inverting(noise(settings), rising, 1, Parameterization.NOISE, FREE);
  }

  private static LatentConsistency lcm(Settings settings) {
    int[] times = LatentConsistency.times(LEVELS, 50, settings.get(LCM_STEPS));
    return new LatentConsistency(
        noise(settings), times, Parameterization.IMAGE, FREE, settings.get(TIME_SCALE));
  }

  private static Consistency consistency(Settings settings) {
    int steps = settings.get(CONSISTENCY_STEPS);
    int[] visited =
        IntStream.range(0, steps).map(i -> (LEVELS * (steps - i)) / steps - 1).toArray();
    return new Consistency(Consistency.grid(GREATEST, LEAST, RHO, LEVELS, visited), LEAST, FREE);
  }
}
