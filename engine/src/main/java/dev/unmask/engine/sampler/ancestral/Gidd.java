package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.noise.HybridProcess;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.Times;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * GIDD's sampler (von Rütte et al. 2025, https://arxiv.org/abs/2503.04482): ancestral, for masks
 * mixed with uniform noise, so that tokens are unmasked and, most in the middle of the run, edited.
 *
 * <p>Variables ↔ symbols: p-uniform ↔ p_u, gamma ↔ γ; the posterior is {@link PosteriorKernel}'s.
 */
public final class Gidd {
  private static final Setting.Real UNIFORM =
      new Setting.Real(
          "p-uniform", 0.2, 0, 0.99, "The greatest share of uniform noise that the model knows");
  private static final Setting.Real GAMMA =
      new Setting.Real(
          "gamma", 1.0, 0.01, 10, "How sharply the uniform noise is gathered in the middle");
  private static final Setting.Real CLIP =
      new Setting.Real("clip-noise", 20.0, 0, 100, "p-uniform is at least e to minus this");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      Family.kind(
          "gidd",
          "GIDD",
          "Unmasks, edits and sometimes remasks, for models of masks and uniform noise together.",
          "Equal, state by state, to recordings of dvruette/gidd@f67acc96 sampling.py"
              + " (GiddSampler), with reference = true; the default, which ends at what is clean,"
              + " against theory by a chi-square test of samples",
          settings ->
              settings.get(Family.REFERENCE)
                  ? AncestralSampler.Ending.NONE
                  : AncestralSampler.Ending.DRAWN,
          (settings, vocabulary) ->
              new PosteriorKernel(
                  NoiseKind.HYBRID,
                  new HybridProcess(
                      vocabulary.size(),
                      vocabulary.maskId(),
                      settings.get(UNIFORM),
                      settings.get(GAMMA),
                      settings.get(CLIP)),
                  (_, _, _) -> 1,
                  settings.get(Family.MIN_P)),
          UNIFORM,
          GAMMA,
          CLIP);

  private Gidd() {}

  /** What the samplers in GIDD's program share. */
  static final class Family {
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

    private Family() {}

    static SamplerKind kind(
        String name,
        String title,
        String summary,
        String verified,
        Function<Settings, AncestralSampler.Ending> endings,
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
            AncestralSampler.Ending ending = endings.apply(settings);
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

    /**
     * The last of the steps ends at what is clean, or in the reference at the least of the times.
     */
    private static Times times(Settings settings, int length, AncestralSampler.Ending ending) {
      int steps = AncestralSettings.steps(settings, length);
      double eps = settings.get(T_EPS);
      DoubleStream even = Times.Listed.even(1 - eps, eps, steps + 1);
      DoubleStream times =
          switch (ending) {
            case DRAWN -> even.limit(steps);
            case NONE -> DoubleStream.concat(even.skip(1), DoubleStream.of(eps));
            case MOST_PROBABLE ->
                settings.get(REFERENCE) ? even.skip(1) : Times.Listed.even(1 - eps, eps, steps);
          };
      return new Times.Listed(times.toArray());
    }
  }

  /**
   * MDLM's ancestral sampler as GIDD's authors compare with it (https://arxiv.org/abs/2503.04482):
   * with their times, their draws and min-p.
   */
  public static final class OfMdlm {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        Gidd.Family.kind(
            "gidd-mdlm",
            "MDLM, as in GIDD",
            "Unmasks each position by chance, of its more probable tokens only if min-p is set.",
            "By the rules of dvruette/gidd@f67acc96 sampling.py (MDLMSampler), with the draws of its"
                + " recorded GiddSampler, with reference = true; the default against theory by a"
                + " chi-square test of samples",
            _ -> AncestralSampler.Ending.MOST_PROBABLE,
            (settings, vocabulary) ->
                new PosteriorKernel(
                    NoiseKind.ABSORBING,
                    NoiseSettings.process(
                        NoiseKind.ABSORBING,
                        new AlphaSchedule.LogLinear(settings.get(Gidd.Family.T_EPS)),
                        vocabulary),
                    (_, _, _) -> 1,
                    settings.get(Gidd.Family.MIN_P)));

    private OfMdlm() {}
  }
}
