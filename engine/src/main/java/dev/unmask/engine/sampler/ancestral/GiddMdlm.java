package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.noise.LogLinearAlpha;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.api.SamplerKind;

/**
 * MDLM's ancestral sampler as GIDD's authors compare with it (https://arxiv.org/abs/2503.04482):
 * with their times, their draws and min-p.
 */
public final class GiddMdlm {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      GiddFamily.kind(
          "gidd-mdlm",
          "MDLM, as in GIDD",
          "Unmasks each position by chance, of its more probable tokens only if min-p is set.",
          "By the rules of dvruette/gidd@f67acc96 sampling.py (MDLMSampler), with the draws of its"
              + " recorded GiddSampler, with reference = true; the default against theory by a"
              + " chi-square test of samples",
          _ -> Ending.MOST_PROBABLE,
          (settings, vocabulary) ->
              new PosteriorKernel(
                  NoiseKind.ABSORBING,
                  NoiseSettings.process(
                      NoiseKind.ABSORBING,
                      new LogLinearAlpha(settings.get(GiddFamily.T_EPS)),
                      vocabulary),
                  (_, _, _) -> 1,
                  settings.get(GiddFamily.MIN_P)));

  private GiddMdlm() {}
}
