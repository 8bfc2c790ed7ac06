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
    float sigma = (float) -Math.log1p(-(1 - NOISE_EPS) * t);
    return 1 - (float) Math.exp(-sigma);
  }
}
