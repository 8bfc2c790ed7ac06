package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;

/**
 * MDLM's ancestral sampler with a cache (https://arxiv.org/abs/2406.07524): as {@link Mdlm} with
 * α_t = 1 − t, but after a step that changed nothing the denoiser is not asked again.
 */
public final class MdlmCached {
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

  private MdlmCached() {}
}
