package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.SamplerKind;

/**
 * SEDD's analytic sampler, Tweedie τ-leaping (https://arxiv.org/abs/2310.16834, theorem 4.2): with
 * true scores the best step that treats positions alone.
 */
public final class SeddAnalytic {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      Sedd.kind(
          "sedd-analytic",
          "SEDD, analytic",
          "Moves each position by the posterior that its scores give, of masks or any tokens.",
          (process, t, s, token, scores) ->
              ScoreKernel.posterior(process.between(s, t), token, scores));

  private SeddAnalytic() {}
}
