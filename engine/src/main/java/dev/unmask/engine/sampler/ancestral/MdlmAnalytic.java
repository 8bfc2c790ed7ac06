package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;

/**
 * MDLM's analytic sampler (https://arxiv.org/abs/2406.07524), which is SEDD's Tweedie τ-leaping
 * (https://arxiv.org/abs/2310.16834, theorem 4.2) with the scores of MDLM's parameterization. A
 * mask's score for y is p(y | x_t) / (e^σ − 1), so that in a step which takes Δσ off σ it becomes y
 * with the chance p(y | x_t) (e^Δσ − 1) / (e^σ − 1). That is {@link Mdlm}'s chance; what differs is
 * the last step, which draws from p(x_0 | x_t), too.
 */
public final class MdlmAnalytic {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "mdlm-analytic",
          "MDLM, analytic",
          "Unmasks each position by chance, at the rate of the noise, and draws what is left last.",
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
                      settings.get(AncestralSettings.NOISE_REMOVAL) ? Ending.DRAWN : Ending.NONE,
                      Categorical.FLOAT32,
                      false,
                      Nucleus.ALL)));

  private MdlmAnalytic() {}
}
