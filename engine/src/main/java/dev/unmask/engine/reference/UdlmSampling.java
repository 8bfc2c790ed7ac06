package dev.unmask.engine.reference;

import java.util.Map;
import java.util.Optional;

/** Runs of {@code _diffusion_sample} with uniform noise in UDLM's diffusion.py. */
final class UdlmSampling implements Format {
  @Override
  public boolean recognises(Recording recording) {
    return recording
            .source()
            .matches(
                "kuleshov-group/discrete-diffusion-guidance@\\w+"
                    + " diffusion\\.py:.*_diffusion_sample \\(uniform.*")
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    return PosteriorSampling.difference(
        recording,
        threads,
        "udlm",
        Map.of(
            "steps", String.valueOf(recording.count("steps")),
            "eps", String.valueOf(recording.number("eps")),
            "float64", "false"));
  }
}
