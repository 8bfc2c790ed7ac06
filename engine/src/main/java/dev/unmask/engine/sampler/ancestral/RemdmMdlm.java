package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.SamplerKind;
import java.util.List;

/**
 * MDLM as ReMDM's authors run it (https://arxiv.org/abs/2503.00307, with σ = 0): {@link MdlmCached}
 * drawn in float64, which keeps improbable tokens, and from a nucleus.
 */
public final class RemdmMdlm {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      Remdm.kind(
          "remdm-mdlm",
          "ReMDM, MDLM baseline",
          "Unmasks by chance as MDLM does, with float64 draws from a nucleus; nothing is remasked.",
          "Equal, state by state, to a recording of kuleshov-group/remdm@f830d659 diffusion.py",
          List.of(),
          _ -> (state, t, s) -> AbsorbingStep.ancestral(t, s, state.length()));

  private RemdmMdlm() {}
}
