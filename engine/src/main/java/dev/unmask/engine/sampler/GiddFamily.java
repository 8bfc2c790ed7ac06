package dev.unmask.engine.sampler;

import dev.unmask.engine.denoiser.Vocabulary;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What the samplers in GIDD's program share. */
final class GiddFamily {
  static final Setting.Real T_EPS =
      new Setting.Real("t-eps", 1e-4, 0, 0.1, "How far the times stay from 1 and from 0");
  static final Setting.Real MIN_P =
      new Setting.Real("min-p", 0.0, 0, 1, "Tokens less probable than this are not drawn");

  private static final Setting.Flag REFERENCE_TIMES =
      new Setting.Flag(
          "reference-times",
          false,
          "Start one step below the greatest time and stand still in the last step, as the authors'"
              + " program does");

  private static final URI PAPER = URI.create("https://arxiv.org/abs/2503.04482");

  private GiddFamily() {}

  static SamplerKind kind(
      String name,
      String title,
      String summary,
      String verified,
      Ending ending,
      BiFunction<Settings, Vocabulary, ReverseKernel> kernel,
      Setting<?>... own) {
    List<Setting<?>> shared = List.of(AncestralSettings.STEPS, T_EPS, MIN_P, REFERENCE_TIMES);
    return new SamplerKind(
        name,
        title,
        summary,
        PAPER,
        verified,
        Stream.concat(shared.stream(), Stream.of(own)).toList(),
        (settings, vocabulary) ->
            new AncestralSampler(
                vocabulary,
                new AncestralSampler.Method(
                    kernel.apply(settings, vocabulary),
                    length -> times(settings, length, ending),
                    ending,
                    Categorical.CUMULATIVE,
                    false,
                    1)));
  }

  /** A sampler that ends with a step of its own counts it among its steps. */
  private static Times times(Settings settings, int length, Ending ending) {
    int steps = AncestralSettings.steps(settings, length);
    int strides = ending == Ending.NONE ? steps : steps - 1;
    double eps = settings.get(T_EPS);
    if (!settings.get(REFERENCE_TIMES)) {
      return new TimeList(TimeList.even(1 - eps, eps, strides + 1).toArray());
    }
    DoubleStream below = TimeList.even(1 - eps, eps, steps + 1).skip(1);
    DoubleStream still = ending == Ending.NONE ? DoubleStream.of(eps) : DoubleStream.empty();
    return new TimeList(DoubleStream.concat(below, still).toArray());
  }
}
