package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
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

/** Runs of diffusers' DiffusionGemmaPipeline, with any of its schedulers. */
public final class DiffusionGemmaGeneration implements SingleCase {
  /** Samplers by the scheduler's name. */
  private static final Map<String, String> SAMPLERS =
      Map.of(
          "EntropyBoundScheduler", "entropy-bounded",
          "DiscreteDDIMScheduler", "discrete-ddim",
          "BlockRefinementScheduler", "uniform-block-refinement");

  /** Settings by what the scheduler's configuration calls them. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "entropy_bound", "entropy-bound",
          "t_max", "first-temperature",
          "t_min", "last-temperature",
          "corrector_steps", "corrector-sweeps",
          "corrector_k", "corrector-positions",
          "corrector_selection", "corrector-selection",
          "corrector_selection_tau", "corrector-temperature",
          "threshold", "threshold",
          "editing_threshold", "editing-threshold");

  /** Configuration that the pipeline replaces, or that only a process with masks heeds. */
  private static final Set<String> IDLE =
      Set.of("num_inference_steps", "block_length", "minimal_topk");

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().contains("DiffusionGemmaPipeline.__call__")
        && SAMPLERS.containsKey(scheduler(recording))
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    Stream<String> configuration =
        Stream.concat(OPTIONS.keySet().stream(), IDLE.stream()).map("scheduler_config/"::concat);
    return RecordedModel.settingsAnd(
        Stream.concat(
                configuration,
                Stream.of(
                    "scheduler",
                    "gen_length",
                    "canvas_length",
                    "num_inference_steps",
                    "predictor_steps",
                    "temperature",
                    "confidence_threshold",
                    "stability_threshold",
                    "eos_id"))
            .toArray(String[]::new));
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.withEnd(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = recording.ints("prompt");
      int block = recording.count("canvas_length");
      if (block < 1) {
        throw new InputException(
            "%s has a canvas_length of %d, but it must be at least 1; record it again."
                .formatted(recording.file(), block));
      }
      int canvases = Math.ceilDiv(recording.count("gen_length"), block);
      Start.Tokens start =
          recording.start(prompt, prompt.length + canvases * block, model.vocabulary());
      var plan =
          new RunPlan<>(
              Samplers.named(SAMPLERS.get(scheduler(recording))),
              settings(recording),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      TokenRun run = TokenRun.start(model, start, plan);
      return RunComparison.difference(recording, run, "nfe", (_, _) -> Optional.empty());
    }
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.count("num_inference_steps")));
    settings.put("block", String.valueOf(recording.count("canvas_length")));
    String temperature = String.valueOf(recording.number("temperature"));
    JsonNode configuration = configuration(recording);
    if (!scheduler(recording).equals("EntropyBoundScheduler")) {
      settings.put("temperature", temperature);
    } else if (hasNull(configuration, "t_max") || hasNull(configuration, "t_min")) {
      settings.put("first-temperature", temperature);
      settings.put("last-temperature", temperature);
    }
    configuration
        .propertyStream()
        .filter(option -> OPTIONS.containsKey(option.getKey()) && !option.getValue().isNull())
        .forEach(
            option ->
                settings.putIfAbsent(
                    OPTIONS.get(option.getKey()), option.getValue().asText().replace('_', '-')));
    settings.put("stop-entropy", String.valueOf(recording.number("confidence_threshold")));
    int stability = recording.root().path("stability_threshold").asInt(1);
    settings.put("stop-stability", String.valueOf(Math.max(1, stability)));
    return settings;
  }

  /** Whether the configuration turns the falling temperature off. */
  private static boolean hasNull(JsonNode configuration, String option) {
    return configuration.has(option) && configuration.get(option).isNull();
  }

  private static JsonNode configuration(Recording recording) {
    return recording.root().path("scheduler_config");
  }

  private static String scheduler(Recording recording) {
    return recording.root().path("scheduler").asText();
  }
}
