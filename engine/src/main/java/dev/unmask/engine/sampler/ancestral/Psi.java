package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.Times;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ψ-samplers (Deschenaux, Gulcehre and Sahoo 2026, https://arxiv.org/abs/2602.21185): a step draws
 * from κ times the posterior plus 1 − κ times fresh noise on the predicted clean token, so that any
 * token can be corrected; with masks it is ReMDM. κ may differ in three phases of the run, and the
 * time may stand still in the middle one.
 *
 * <p>Variables ↔ symbols: kappa ↔ κ, eta ↔ η, alphaT ↔ α_t, alphaS ↔ α_s.
 */
public final class Psi {
  private static final PsiPhase HIGH = PsiPhase.named("high", "pure-posterior", 0);
  private static final PsiPhase MIDDLE = PsiPhase.named("middle", "rescale", 0.05);
  private static final PsiPhase LOW = PsiPhase.named("low", "pure-posterior", 0);
  private static final Setting.Real HIGH_FRACTION =
      new Setting.Real("high-fraction", 0.0, 0, 1, "The share of the times in the high phase");
  private static final Setting.Real MIDDLE_FRACTION =
      new Setting.Real("middle-fraction", 1.0, 0, 1, "The share of the times in the middle phase");
  private static final Setting.Choice PROFILE =
      new Setting.Choice(
          "time-profile",
          "linear",
          List.of("linear", "plateau", "plateau-of-alpha"),
          "Even times; or times that stand still in the middle phase, at plateau or where α is it");
  private static final Setting.Real PLATEAU =
      new Setting.Real("plateau", 0.9, 0, 1, "Where the times stand still");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "psi",
          "Ψ-sampler",
          "Corrects tokens while it denoises: draws partly from the posterior, partly anew.",
          URI.create("https://arxiv.org/abs/2602.21185"),
          "Equal, state by state, to recordings of s-sahoo/duo@7c9b498f trainer_base.py, with"
              + " middle-mode = constant, with and without a nucleus, and with noise = absorbing and"
              + " middle-mode = max-rescale; the default, rescale as in the paper, against theory by a"
              + " chi-square test of samples",
          Stream.concat(
                  Duo.settings().stream(),
                  Stream.of(
                      HIGH.mode(),
                      HIGH.eta(),
                      MIDDLE.mode(),
                      MIDDLE.eta(),
                      LOW.mode(),
                      LOW.eta(),
                      HIGH_FRACTION,
                      MIDDLE_FRACTION,
                      PROFILE,
                      PLATEAU))
              .toList(),
          Psi::sampler);

  private Psi() {}

  private static TokenSampler sampler(Settings settings, Vocabulary vocabulary) {
    if (settings.get(HIGH_FRACTION) + settings.get(MIDDLE_FRACTION) > 1) {
      throw new SettingException(
          "high-fraction",
          "The settings high-fraction and middle-fraction are %s and %s, more than all together; lower one."
              .formatted(settings.get(HIGH_FRACTION), settings.get(MIDDLE_FRACTION)));
    }
    NoiseKind noise = NoiseSettings.kind(settings, NoiseSettings.UNIFORM_FIRST);
    AlphaSchedule schedule = NoiseSettings.duo(settings);
    return new AncestralSampler(
        vocabulary,
        new AncestralSampler.Method(
            new PosteriorKernel(
                noise,
                NoiseSettings.process(noise, schedule, vocabulary),
                (state, t, s) -> kappa(settings, state, schedule.alpha(t), schedule.alpha(s)),
                0),
            length -> times(settings, schedule, AncestralSettings.steps(settings, length) + 1),
            Duo.ending(settings),
            AncestralSettings.categorical(settings),
            false,
            Nucleus.over(settings.get(AncestralSettings.NUCLEUS))));
  }

  private static double kappa(Settings settings, TokenState state, double alphaT, double alphaS) {
    int times = AncestralSettings.steps(settings, state.length()) + 1;
    int high = share(settings.get(HIGH_FRACTION), times);
    int middle = high + share(settings.get(MIDDLE_FRACTION), times);
    int step = state.step();
    PsiPhase phase = step < high ? HIGH : step < middle ? MIDDLE : LOW;
    boolean lastOfPhase = step == high - 1 || step == middle - 1;
    return lastOfPhase && phase.scheduled(settings) ? 1 : phase.kappa(settings, alphaT, alphaS);
  }

  private static Times times(Settings settings, AlphaSchedule schedule, int times) {
    double end = settings.get(AncestralSettings.EPS);
    if (settings.get(PROFILE).equals("linear")) {
      return new Times.Grid(times - 1, end);
    }
    double plateau = settings.get(PLATEAU);
    double level =
        settings.get(PROFILE).equals("plateau")
            ? plateau
            : NoiseSettings.duoTime(settings, plateau);
    int high = share(settings.get(HIGH_FRACTION), times);
    int middle = share(settings.get(MIDDLE_FRACTION), times);
    return new Times.Listed(
        Stream.of(
                Times.Listed.even(1, level, high),
                Times.Listed.even(level, level, middle),
                Times.Listed.even(level, end, times - high - middle))
            .flatMapToDouble(stretch -> stretch)
            .toArray());
  }

  /** Half a time goes to the even number, as Python rounds. */
  private static int share(double fraction, int times) {
    return (int) Math.rint(fraction * times);
  }
}
