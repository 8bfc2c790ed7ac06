package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.RateProcess;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.net.URI;
import java.util.List;

/**
 * What SEDD's samplers share (Lou et al. 2023).
 *
 * <p>Variables ↔ symbols: scores ↔ p_t(y) / p_t(x_t), which the model's s_θ(x_t, t) says; rate(t) ↔
 * σ'(t).
 */
public final class Sedd {
  private static final URI PAPER = URI.create("https://arxiv.org/abs/2310.16834");

  private static final Setting.Flag NOISE_REMOVAL =
      new Setting.Flag(
          "noise-removal", true, "Take one more step, drawn from what is clean by the scores");

  private Sedd() {}

  static SamplerKind kind(String name, String title, String summary, ScoreKernel.Leap leap) {
    List<Setting<?>> settings =
        List.of(
            NoiseSettings.MASKS_FIRST,
            NoiseSettings.SEDD_SCHEDULE,
            NoiseSettings.SIGMA_MIN,
            NoiseSettings.SIGMA_MAX,
            AncestralSettings.STEPS,
            AncestralSettings.START,
            AncestralSettings.EPS,
            NOISE_REMOVAL);
    return new SamplerKind(
        name,
        title,
        summary,
        PAPER,
        "Equal, state by state, to recordings of"
            + " louaaron/Score-Entropy-Discrete-Diffusion@0605786d sampling.py"
            + "; and against theory by a chi-square test of samples",
        settings,
        (given, vocabulary) -> {
          NoiseKind noise = NoiseSettings.kind(given, NoiseSettings.MASKS_FIRST);
          return new AncestralSampler(
              vocabulary,
              new AncestralSampler.Method(
                  new ScoreKernel(
                      noise,
                      NoiseSettings.process(noise, NoiseSettings.sedd(given), vocabulary),
                      leap),
                  AncestralSettings.grid(given),
                  given.get(NOISE_REMOVAL)
                      ? AncestralSampler.Ending.DRAWN
                      : AncestralSampler.Ending.NONE,
                  Categorical.FLOAT32,
                  false,
                  Nucleus.ALL));
        });
  }

  /**
   * SEDD's Euler sampler, τ-leaping (https://arxiv.org/abs/2310.16834, equation 13): in a step from
   * t to s a position moves to y with the chance (t − s) σ'(t) R(y, x) p_t(y) / p_t(x), where R is
   * the noise's rate; an approximation, better with more steps.
   */
  public static final class Euler {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        Sedd.kind(
            "sedd-euler",
            "SEDD, Euler",
            "Moves each position at the rate that its scores give; biased when steps are few.",
            Euler::weights);

    private Euler() {}

    /** Noise of these kinds moves to a token at one rate, its prior's, from wherever else. */
    private static double[] weights(
        RateProcess process, float t, float s, int token, double[] scores) {
      double rate = (t - s) * process.schedule().rate(t) * process.kernel().stationary()[token];
      double[] weights = new double[scores.length];
      double moved = 0;
      for (int y = 0; y < weights.length; y++) {
        // (t − s) σ'(t) R(y, x) p_t(y) / p_t(x); what is left of 1 stays
        weights[y] = y == token ? 0 : rate * scores[y];
        moved += weights[y];
      }
      weights[token] = 1 - moved;
      return weights;
    }
  }

  /**
   * SEDD's analytic sampler, Tweedie τ-leaping (https://arxiv.org/abs/2310.16834, theorem 4.2):
   * with true scores the best step that treats positions alone.
   */
  public static final class Analytic {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        Sedd.kind(
            "sedd-analytic",
            "SEDD, analytic",
            "Moves each position by the posterior that its scores give, of masks or any tokens.",
            (process, t, s, token, scores) ->
                ScoreKernel.posterior(process.between(s, t), token, scores));

    private Analytic() {}
  }
}
