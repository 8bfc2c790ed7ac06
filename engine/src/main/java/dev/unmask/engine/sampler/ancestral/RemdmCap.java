package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.util.List;

/** ReMDM with capped remasking (https://arxiv.org/abs/2503.00307): σ = min(η, σ_max). */
public final class RemdmCap {
  static final Setting.Real ETA =
      new Setting.Real(
          "eta", 0.04, 0, 1, "η: the greatest chance of a token to be remasked in a step");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      Remdm.kind(
          "remdm-cap",
          "ReMDM, capped",
          "Remasks each token with a chance of at most eta, so that early mistakes can be mended.",
          "Equal, state by state, to recordings of kuleshov-group/remdm@f830d659 diffusion.py",
          List.of(ETA),
          settings ->
              Remdm.kernel(
                  (t, s) -> Math.min(settings.get(ETA), AbsorbingStep.greatestSigma(t, s))));

  private RemdmCap() {}
}
