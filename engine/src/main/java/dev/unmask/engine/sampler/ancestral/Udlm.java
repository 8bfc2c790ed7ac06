package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.net.URI;
import java.util.List;

/**
 * UDLM's ancestral sampler (Schiff et al. 2024, https://arxiv.org/abs/2412.10193): every token may
 * change in every step, by the exact posterior of uniform noise with the log-linear schedule.
 * Variables and symbols are those of {@link PosteriorKernel}.
 */
public final class Udlm {
  private static final Setting.Flag CACHED =
      new Setting.Flag(
          "cached",
          false,
          "Evaluate the model only after a change; an approximation, for it is not told how the time"
              + " went on");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "udlm",
          "UDLM",
          "Starts from random tokens and edits any of them in every step.",
          URI.create("https://arxiv.org/abs/2412.10193"),
          "Equal, state by state, to recordings of"
              + " kuleshov-group/discrete-diffusion-guidance@edb0f8c2 diffusion.py, with float64 ="
              + " true and false, cached = true and false"
              + "; and against theory by a chi-square test of samples",
          List.of(
              AncestralSettings.STEPS,
              AncestralSettings.START,
              AncestralSettings.EPS,
              CACHED,
              AncestralSettings.FLOAT64),
          (settings, vocabulary) ->
              new AncestralSampler(
                  vocabulary,
                  new AncestralSampler.Method(
                      PosteriorKernel.ancestral(
                          NoiseKind.UNIFORM,
                          NoiseSettings.process(
                              NoiseKind.UNIFORM, NoiseSettings.logLinear(), vocabulary)),
                      AncestralSettings.grid(settings),
                      AncestralSampler.Ending.NONE,
                      AncestralSettings.categorical(settings),
                      settings.get(CACHED),
                      Nucleus.ALL)));

  private Udlm() {}
}
