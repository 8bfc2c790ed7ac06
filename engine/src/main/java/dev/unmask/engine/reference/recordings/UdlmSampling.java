package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code _diffusion_sample} with uniform noise in UDLM's diffusion.py. */
public final class UdlmSampling implements SingleCase {
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
  public Set<String> settings() {
    return RecordedModel.settingsAnd("length", "steps", "eps", "use_cache", "use_float64");
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
            "cached", recording.option("use_cache").asText("false"),
            "float64", recording.option("use_float64").asText("false")));
  }
}
