package dev.unmask.engine.sampler;

import java.util.List;

/** ReMDM with rescaled remasking (https://arxiv.org/abs/2503.00307): σ = η · σ_max. */
public final class RemdmRescale {
  static final Setting.Real ETA =
      new Setting.Real(
          "eta",
          0.04,
          0,
          1,
          "η: the share of the greatest possible chance to be remasked in a step");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      Remdm.kind(
          "remdm-rescale",
          "ReMDM, rescaled",
          "Remasks each token with the share eta of the greatest possible chance.",
          "Checked against the paper's equations: the share that is unmasked at every time",
          List.of(ETA),
          settings ->
              Remdm.kernel((t, s) -> settings.get(ETA) * AbsorbingStep.greatestSigma(t, s)));

  private RemdmRescale() {}
}
