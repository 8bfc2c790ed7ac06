package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.RunComparison;
import dev.unmask.engine.reference.SingleCase;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs of {@code HaltonSampler} in Halton-MaskGIT, of one sample without guidance. */
public final class HaltonSampling implements SingleCase {
  /** Settings by what the authors call them. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "sm_temp_min", "first-scale",
          "sm_temp_max", "last-scale",
          "temp_pow", "scale-power",
          "temp_warmup", "warm-up",
          "top_k", "top-k",
          "randomize", "randomize");

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().contains("halton_sampler.py:HaltonSampler.__call__ (w=0")
        && recording.root().path("nb_sample").asInt(1) == 1
        && recording.has("model");
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        Stream.concat(
                OPTIONS.keySet().stream(),
                Stream.of("nb_sample", "input_size", "step", "sched_pow"))
            .toArray(String[]::new));
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.ofCodebook(recording);
    try (TokenDenoiser _ = model.denoiser()) {
      int side = recording.count("input_size");
      var plan =
          new RunPlan<>(
              Samplers.named("halton-maskgit"),
              settings(recording),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start.Tokens start = recording.start(new int[0], (long) side * side, model.vocabulary());
      TokenRun run = TokenRun.start(model, start, plan);
      return RunComparison.difference(recording, run, "nfe", (_, _) -> Optional.empty());
    }
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.count("step")));
    settings.put("all-steps", "true");
    options(recording)
        .propertyStream()
        .filter(option -> OPTIONS.containsKey(option.getKey()))
        .forEach(option -> settings.put(OPTIONS.get(option.getKey()), value(option.getValue())));
    return settings;
  }

  /** The authors turn top-k off by a negative number. */
  private static String value(JsonNode value) {
    return value.isNumber() && value.asDouble() < 0 ? "0" : value.asText();
  }

  private static JsonNode options(Recording recording) {
    return recording.root().path("options");
  }
}
