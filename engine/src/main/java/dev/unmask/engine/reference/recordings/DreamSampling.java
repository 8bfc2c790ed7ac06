package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.reference.Comparison;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.RunComparison;
import dev.unmask.engine.reference.SingleCase;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code _sample} in Dream's generation_utils.py, and in Fast-dLLM's version of it. */
public final class DreamSampling implements SingleCase {
  private static final String THRESHOLD = "confidence_threshold";

  private static final Set<String> ALGORITHMS =
      Set.of("origin", "maskgit_plus", "topk_margin", "entropy", THRESHOLD);

  /** How far a score computed in float32 may be off. */
  private static final float TOLERANCE = 5e-6f;

  @Override
  public boolean recognises(Recording recording) {
    return recording
            .source()
            .matches("[\\w/-]+@\\w+ [\\w/]*dream/[\\w/]*generation_utils\\.py:.*_sample\\b.*")
        && ALGORITHMS.contains(recording.root().path("alg").asText())
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "max_new_tokens",
        "steps",
        "eps",
        "alg",
        "alg_temp",
        "temperature",
        "top_p",
        "top_k",
        "threshold");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.open(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = recording.ints("prompt");
      int length = prompt.length + recording.count("max_new_tokens");
      String sampler = isThreshold(recording) ? "dream-threshold" : "dream";
      var plan =
          new RunPlan<>(
              Samplers.named(sampler),
              settings(recording),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start.Tokens start = recording.start(prompt, length, model.vocabulary());
      return RunComparison.difference(
          recording,
          TokenRun.start(model, start, plan),
          "nfe",
          (step, record) -> scores(recording, step, record.decision().confidence()));
    }
  }

  private static boolean isThreshold(Recording recording) {
    return recording.field("alg").asText().equals(THRESHOLD);
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.count("steps")));
    settings.put("temperature", String.valueOf(recording.number("temperature")));
    if (recording.has("top_p")) {
      settings.put("top-p", String.valueOf(recording.number("top_p")));
    }
    if (recording.has("top_k")) {
      settings.put("top-k", String.valueOf(recording.count("top_k")));
    }
    if (isThreshold(recording)) {
      settings.put("threshold", String.valueOf(recording.number("threshold")));
    } else {
      settings.put("eps", String.valueOf(recording.number("eps")));
      settings.put("alg", recording.field("alg").asText().replace('_', '-'));
      settings.put("alg-temp", String.valueOf(recording.number("alg_temp")));
    }
    return settings;
  }

  /** Of the positions that scored highest, in the steps that committed any. */
  private static Optional<String> scores(Recording recording, int step, float[] came) {
    List<JsonNode> changed = recording.root().path("changed_positions").valueStream().toList();
    JsonNode calls = recording.root().path("topk_calls");
    boolean told = calls.size() == ranked(changed, changed.size());
    if (!told || step > changed.size() || changed.get(step - 1).isEmpty()) {
      return Optional.empty();
    }
    JsonNode call = calls.path(ranked(changed, step - 1));
    int[] positions = Recording.ints(call.path("selected"));
    float[] recorded = Recording.floats(call.path("confidence"));
    return Comparison.confidences(step, positions, recorded, came, TOLERANCE);
  }

  /** How many of the first steps committed any. */
  private static int ranked(List<JsonNode> changed, int steps) {
    return (int) changed.stream().limit(steps).filter(positions -> !positions.isEmpty()).count();
  }
}
