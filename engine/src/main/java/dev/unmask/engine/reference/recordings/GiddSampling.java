package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of the samplers in GIDD's sampling.py. */
public final class GiddSampling implements SingleCase {
  private static final String SOURCE =
      "dvruette/gidd@\\w+ gidd/sampling\\.py:(GiddSampler|MDLMSampler)\\b.*";

  /** Settings of GiddSampler alone, by what a recording calls them. */
  private static final Map<String, String> OF_GIDD =
      Map.of("p_uniform", "p-uniform", "gamma", "gamma", "clip_noise", "clip-noise");

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches(SOURCE) && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "length",
        "num_denoising_steps",
        "t_eps",
        "p_uniform",
        "min_p",
        "log_B",
        "gamma",
        "clip_noise");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    boolean masksOnly = recording.source().contains("sampling.py:MDLMSampler");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.count("num_denoising_steps")));
    settings.put("t-eps", recording.field("t_eps").asText());
    settings.put("min-p", String.valueOf(recording.number("min_p")));
    settings.put("reference", "true");
    OF_GIDD.forEach(
        (field, setting) -> {
          if (!masksOnly && recording.has(field)) {
            settings.put(setting, recording.text(field));
          }
        });
    return PosteriorSampling.difference(
        recording, threads, masksOnly ? "gidd-mdlm" : "gidd", settings);
  }
}
