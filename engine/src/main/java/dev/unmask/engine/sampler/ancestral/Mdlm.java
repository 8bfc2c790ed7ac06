package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.TokenState;
import java.net.URI;

/**
 * MDLM's ancestral sampler (Sahoo et al. 2024, https://arxiv.org/abs/2406.07524): in a step from t
 * to s a mask becomes a token drawn from p(x_0 | x_t) with the chance (σ'_t − σ'_s) / σ'_t, where
 * σ'_t = 1 − α_t is the log-linear noise's chance of being masked, and what is unmasked stays.
 *
 * <p>Variables ↔ symbols: masked(t) ↔ σ'_t, sigma ↔ σ(t).
 */
public final class Mdlm {
  static final URI PAPER = URI.create("https://arxiv.org/abs/2406.07524");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "mdlm",
          "MDLM",
          "Unmasks each position by chance, at the rate of the noise; what is unmasked stays.",
          PAPER,
          "Equal, state by state, to a recording of kuleshov-group/mdlm@c112c526 diffusion.py"
              + " (ddpm)",
          AncestralSettings.ofMdlm(),
          (settings, vocabulary) ->
              new AncestralSampler(
                  vocabulary,
                  new AncestralSampler.Method(
                      Mdlm::step,
                      AncestralSettings.grid(settings),
                      AncestralSettings.mdlmEnding(settings),
                      Categorical.FLOAT32,
                      false,
                      Nucleus.ALL)));

  /** How far from 1 the chance of being masked stays at t = 1. */
  private static final float NOISE_EPS = 1e-3f;

  private Mdlm() {}

  static AbsorbingStep step(TokenState state, float t, float s) {
    return AbsorbingStep.ancestral(masked(t), masked(s), state.length());
  }

  /** 1 − exp(−σ(t)) with σ(t) = −log(1 − (1 − ε) t), rounded as the reference rounds. */
  private static float masked(float t) {
    float sigma = (float) -StrictMath.log1p(-(1 - NOISE_EPS) * t);
    return 1 - (float) StrictMath.exp(-sigma);
  }

  /**
   * MDLM's ancestral sampler with a cache (https://arxiv.org/abs/2406.07524): as {@link Mdlm} with
   * α_t = 1 − t, but after a step that changed nothing the denoiser is not asked again.
   */
  public static final class Cached {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        new SamplerKind(
            "mdlm-cached",
            "MDLM, cached",
            "Unmasks each position by chance, and evaluates the model only after a change.",
            Mdlm.PAPER,
            "Equal, state by state, to recordings of kuleshov-group/mdlm@c112c526 diffusion.py"
                + " (ddpm_cache)",
            AncestralSettings.ofMdlm(),
            (settings, vocabulary) ->
                new AncestralSampler(
                    vocabulary,
                    new AncestralSampler.Method(
                        (state, t, s) -> AbsorbingStep.ancestral(t, s, state.length()),
                        AncestralSettings.grid(settings),
                        AncestralSettings.mdlmEnding(settings),
                        Categorical.FLOAT32,
                        true,
                        Nucleus.ALL)));

    private Cached() {}
  }

  /**
   * MDLM's analytic sampler (https://arxiv.org/abs/2406.07524), which is SEDD's Tweedie τ-leaping
   * (https://arxiv.org/abs/2310.16834, theorem 4.2) with the scores of MDLM's parameterization. A
   * mask's score for y is p(y | x_t) / (e^σ − 1), so that in a step which takes Δσ off σ it becomes
   * y with the chance p(y | x_t) (e^Δσ − 1) / (e^σ − 1). That is {@link Mdlm}'s chance; what
   * differs is the last step, which draws from p(x_0 | x_t), too.
   */
  public static final class Analytic {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        new SamplerKind(
            "mdlm-analytic",
            "MDLM, analytic",
            "Unmasks each position by chance, at the rate of the noise, and draws what is left"
                + " last.",
            Mdlm.PAPER,
            "Checked against theory: the chances of Tweedie τ-leaping, and a chi-square test of its"
                + " samples against a known distribution",
            AncestralSettings.ofMdlm(),
            (settings, vocabulary) ->
                new AncestralSampler(
                    vocabulary,
                    new AncestralSampler.Method(
                        Mdlm::step,
                        AncestralSettings.grid(settings),
                        settings.get(AncestralSettings.NOISE_REMOVAL)
                            ? AncestralSampler.Ending.DRAWN
                            : AncestralSampler.Ending.NONE,
                        Categorical.FLOAT32,
                        false,
                        Nucleus.ALL)));

    private Analytic() {}
  }
}
