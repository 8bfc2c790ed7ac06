package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code get_pc_sampler} in SEDD's sampling.py. */
public final class SeddSampling implements SingleCase {
  private static final Map<String, String> NOISES =
      Map.of("absorb", "absorbing", "uniform", "uniform");
  private static final Map<String, String> SCHEDULES =
      Map.of("loglinear", "log-linear", "geometric", "geometric");

  @Override
  public boolean recognises(Recording recording) {
    return recording
            .source()
            .matches("louaaron/Score-Entropy-Discrete-Diffusion@\\w+ sampling\\.py:.*pc_sampler.*")
        && NOISES.containsKey(recording.text("graph"))
        && SCHEDULES.containsKey(recording.text("noise"))
        && Set.of("euler", "analytic").contains(recording.text("predictor"))
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "graph",
        "predictor",
        "noise",
        "length",
        "steps",
        "eps",
        "sigma_min",
        "sigma_max",
        "denoise",
        "model/score");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("noise", NOISES.get(recording.text("graph")));
    settings.put("schedule", SCHEDULES.get(recording.text("noise")));
    settings.put("steps", String.valueOf(recording.count("steps")));
    settings.put("eps", String.valueOf(recording.number("eps")));
    Map.of("sigma_min", "sigma-min", "sigma_max", "sigma-max", "denoise", "noise-removal")
        .forEach(
            (field, setting) -> {
              if (recording.has(field)) {
                settings.put(setting, recording.text(field));
              }
            });
    boolean masks = recording.text("graph").equals("absorb");
    return PosteriorSampling.difference(
        masks ? withMask(recording) : recording,
        threads,
        "sedd-" + recording.text("predictor"),
        settings);
  }

  /** The graph adds a mask to the model's tokens, as the last, which is never predicted. */
  private static Recording withMask(Recording recording) {
    int size = recording.of(recording.field("model")).count("V");
    ObjectNode root = recording.root().deepCopy();
    root.withObject("model")
        .put("V", size + 1)
        .put("mask_id", size)
        .put("mask_logit", Double.NEGATIVE_INFINITY);
    return recording.of(root);
  }
}
