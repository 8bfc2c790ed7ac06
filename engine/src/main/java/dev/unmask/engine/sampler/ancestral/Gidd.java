package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.noise.HybridProcess;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;

/**
 * GIDD's sampler (von Rütte et al. 2025, https://arxiv.org/abs/2503.04482): ancestral, for masks
 * mixed with uniform noise, so that tokens are unmasked and, most in the middle of the run, edited.
 */
public final class Gidd {
  private static final Setting.Real UNIFORM =
      new Setting.Real(
          "p-uniform", 0.2, 0, 0.99, "The greatest share of uniform noise that the model knows");
  private static final Setting.Real GAMMA =
      new Setting.Real(
          "gamma", 1.0, 0.01, 10, "How sharply the uniform noise is gathered in the middle");
  private static final Setting.Real CLIP =
      new Setting.Real("clip-noise", 20.0, 0, 100, "p-uniform is at least e to minus this");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      GiddFamily.kind(
          "gidd",
          "GIDD",
          "Unmasks, edits and sometimes remasks, for models of masks and uniform noise together.",
          "Equal, state by state, to recordings of dvruette/gidd@f67acc96 sampling.py"
              + " (GiddSampler), with reference = true; the default, which ends at what is clean,"
              + " against theory by a chi-square test of samples",
          settings -> settings.get(GiddFamily.REFERENCE) ? Ending.NONE : Ending.DRAWN,
          (settings, vocabulary) ->
              new PosteriorKernel(
                  NoiseKind.HYBRID,
                  new HybridProcess(
                      vocabulary.size(),
                      vocabulary.maskId(),
                      settings.get(UNIFORM),
                      settings.get(GAMMA),
                      settings.get(CLIP)),
                  (_, _, _) -> 1,
                  settings.get(GiddFamily.MIN_P)),
          UNIFORM,
          GAMMA,
          CLIP);

  private Gidd() {}
}
