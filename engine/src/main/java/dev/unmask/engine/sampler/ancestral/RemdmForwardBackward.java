package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.SamplerKind;
import java.util.List;

/**
 * The forward-backward corrector as a ReMDM sampler (https://arxiv.org/abs/2503.00307): σ = (α_s −
 * α_t) / α_t, as if each step noised from s to t and then denoised twice as far.
 */
public final class RemdmForwardBackward {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      Remdm.kind(
          "remdm-forward-backward",
          "ReMDM, forward-backward",
          "Remasks as many tokens as a step of noise would, then unmasks twice as many.",
          "Equal, state by state, to a recording of kuleshov-group/remdm@f830d659 diffusion.py",
          List.of(),
          _ -> Remdm.kernel((t, s) -> t > 0 ? (s - t) / t : 1));

  private RemdmForwardBackward() {}
}
