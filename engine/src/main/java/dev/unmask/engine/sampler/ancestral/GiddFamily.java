package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TimeList;
import dev.unmask.engine.sampler.api.Times;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What the samplers in GIDD's program share. */
final class GiddFamily {
  static final Setting.Real T_EPS =
      new Setting.Real("t-eps", 1e-4, 0, 0.1, "How far the times stay from 1 and from 0");
  static final Setting.Real MIN_P =
      new Setting.Real("min-p", 0.0, 0, 1, "Tokens less probable than this are not drawn");

  static final Setting.Flag REFERENCE =
      new Setting.Flag(
          "reference",
          false,
          "Start a step late, stand still in the last step and leave what noise there is, as the"
              + " authors' program does");

  private static final URI PAPER = URI.create("https://arxiv.org/abs/2503.04482");

  private GiddFamily() {}

  static SamplerKind kind(
      String name,
      String title,
      String summary,
      String verified,
      Function<Settings, Ending> endings,
      BiFunction<Settings, Vocabulary, ReverseKernel> kernel,
      Setting<?>... own) {
    List<Setting<?>> shared = List.of(AncestralSettings.STEPS, T_EPS, MIN_P, REFERENCE);
    return new SamplerKind(
        name,
        title,
        summary,
        PAPER,
        verified,
        Stream.concat(shared.stream(), Stream.of(own)).toList(),
        (settings, vocabulary) -> {
          Ending ending = endings.apply(settings);
          return new AncestralSampler(
              vocabulary,
              new AncestralSampler.Method(
                  kernel.apply(settings, vocabulary),
                  length -> times(settings, length, ending),
                  ending,
                  Categorical.CUMULATIVE,
                  false,
                  Nucleus.ALL));
        });
  }

  /** The last of the steps ends at what is clean, or in the reference at the least of the times. */
  private static Times times(Settings settings, int length, Ending ending) {
    int steps = AncestralSettings.steps(settings, length);
    double eps = settings.get(T_EPS);
    DoubleStream even = TimeList.even(1 - eps, eps, steps + 1);
    DoubleStream times =
        switch (ending) {
          case DRAWN -> even.limit(steps);
          case NONE -> DoubleStream.concat(even.skip(1), DoubleStream.of(eps));
          case MOST_PROBABLE ->
              settings.get(REFERENCE) ? even.skip(1) : TimeList.even(1 - eps, eps, steps);
        };
    return new TimeList(times.toArray());
  }
}
