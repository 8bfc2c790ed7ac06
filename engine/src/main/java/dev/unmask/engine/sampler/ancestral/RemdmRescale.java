package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.util.List;

/**
 * ReMDM with rescaled remasking (https://arxiv.org/abs/2503.00307): σ = η · σ_max.
 *
 * <p>However small a step is, each token is remasked with a chance of η σ_max and each mask is
 * filled with one of about η, all of a step without knowing of each other. So what MDLM loses with
 * more steps, the errors of tokens that are unmasked together, this repeats in every step: of the
 * model that knows the sentences of a small grammar, a third of the samples break its rules at η =
 * 0.5 and 16 steps, and two thirds at 256.
 */
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
          "Remasks each token with the share eta of the greatest possible chance, and unmasks as many"
              + " at once: where eta is large, more steps make more errors.",
          "Checked against the paper's equations: the share that is unmasked at every time; and that"
              + " errors grow with the steps at eta = 0.5",
          List.of(ETA),
          settings ->
              Remdm.kernel((t, s) -> settings.get(ETA) * AbsorbingStep.greatestSigma(t, s)));

  private RemdmRescale() {}
}
