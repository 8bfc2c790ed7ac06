package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What ReMDM's samplers share (Wang et al. 2025): float64 draws, a cache and a nucleus. */
final class Remdm {
  static final URI PAPER = URI.create("https://arxiv.org/abs/2503.00307");

  private Remdm() {}

  /** A sampler with settings of its own. */
  static SamplerKind kind(
      String name,
      String title,
      String summary,
      String verified,
      List<Setting<?>> own,
      Function<Settings, ReverseKernel> kernel) {
    List<Setting<?>> settings =
        Stream.of(AncestralSettings.ofMdlm(), List.<Setting<?>>of(AncestralSettings.NUCLEUS), own)
            .flatMap(List::stream)
            .toList();
    return new SamplerKind(
        name,
        title,
        summary,
        PAPER,
        verified,
        settings,
        (given, vocabulary) ->
            new AncestralSampler(
                vocabulary,
                new AncestralSampler.Method(
                    kernel.apply(given),
                    AncestralSettings.grid(given),
                    AncestralSettings.mdlmEnding(given),
                    Categorical.FLOAT64,
                    true,
                    Nucleus.within(given.get(AncestralSettings.NUCLEUS))),
                true));
  }

  /** A step with a σ that depends on the shares of unmasked positions, α = 1 − t. */
  static ReverseKernel kernel(Sigma sigma) {
    return (state, t, s) -> {
      double alphaT = 1 - t;
      double alphaS = 1 - s;
      return AbsorbingStep.remasking(alphaT, alphaS, sigma.of(alphaT, alphaS), state.length());
    };
  }

  /** The chance that an unmasked position is remasked. */
  @FunctionalInterface
  interface Sigma {
    double of(double alphaT, double alphaS);
  }
}
