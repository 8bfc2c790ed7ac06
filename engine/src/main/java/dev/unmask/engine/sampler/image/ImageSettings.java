package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import dev.unmask.engine.sampler.image.GridPlan.Spacing;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the settings of image samplers have in common. */
final class ImageSettings {
  /** T: how many levels of noise a process is cut into. */
  static final int LEVELS = 1000;

  static final Setting.Whole STEPS = levels(50, LEVELS);
  static final Setting.Choice PROCESS = process(ProcessKind.VP_LINEAR);
  static final Setting.Whole ORDER =
      new Setting.Whole("order", 2, 1, 3, "How many evaluations a step looks at");

  private static final TrainingNoise DDPM = TrainingNoise.linear(1e-4, 0.02, LEVELS);

  private ImageSettings() {}

  static Setting.Whole levels(int fallback, int most) {
    return new Setting.Whole("steps", fallback, 1, most, "How many levels of noise are visited");
  }

  static Setting.Choice process(ProcessKind fallback) {
    List<String> words =
        Stream.of(
                ProcessKind.VP_LINEAR,
                ProcessKind.VP_COSINE,
                ProcessKind.SUB_VP,
                ProcessKind.VE,
                ProcessKind.FLOW)
            .map(ProcessKind::word)
            .toList();
    return new Setting.Choice(
        "process", fallback.word(), words, "The noise that is taken away, and how it grows");
  }

  static ProcessKind process(Settings settings) {
    return ProcessKind.of(settings.get(PROCESS));
  }

  static Function<Settings, ProcessKind> always(ProcessKind kind) {
    return _ -> kind;
  }

  /** The process in {@link #LEVELS} levels; DDPM's own are those of its paper. */
  static TrainingNoise noise(Settings settings) {
    ProcessKind kind = process(settings);
    return kind == ProcessKind.VP_LINEAR
        ? DDPM
        : TrainingNoise.of(kind.gaussian().orElseThrow(), LEVELS);
  }

  static int[] times(Settings settings) {
    return noise(settings).evenly(settings.get(STEPS));
  }

  static GridPlan plan(Settings settings, SigmaRule rule) {
    return new GridPlan(noise(settings), settings.get(STEPS), Spacing.LINSPACE, 0, rule, true);
  }

  /** One that starts from noise; its paper is on arXiv. */
  static ImageSamplerKind kind(
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

  /** What a sampler was checked against that does as one of diffusers' schedulers. */
  static String recorded(String scheduler) {
    return "Equal, step by step, to recordings of diffusers' tests of %s; and against theory"
        .formatted(scheduler);
  }
}
