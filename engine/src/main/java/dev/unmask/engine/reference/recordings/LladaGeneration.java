package dev.unmask.engine.reference.recordings;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code generate} in LLaDA's generate.py. */
public final class LladaGeneration implements SingleCase {
  /** How far a confidence computed in float32 may be off. */
  private static final float TOLERANCE = 2e-6f;

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("ML-GSAI/LLaDA@\\w+ generate\\.py:generate.*")
        && !recording.root().path("prompt").path(0).isArray()
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "gen_length",
        "block_length",
        "steps",
        "temperature",
        "cfg_scale",
        "remasking",
        "logits_eos_inf",
        "confidence_eos_eot_inf",
        "forward_calls");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.open(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = recording.ints("prompt");
      int length = prompt.length + recording.count("gen_length");
      Start.Tokens start = recording.start(prompt, length, model.vocabulary());
      var plan =
          new RunPlan<>(
              Samplers.named("llada"),
              settings(recording),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      return RunComparison.difference(
          recording,
          TokenRun.start(model, start, plan),
          "forward_calls",
          (step, record) -> confidence(recording, step, record.decision().confidence()));
    }
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.count("steps")));
    settings.put("block", String.valueOf(recording.count("block_length")));
    settings.put("temperature", String.valueOf(recording.number("temperature")));
    settings.put("guidance", String.valueOf(recording.number("cfg_scale")));
    if (recording.has("remasking")) {
      settings.put("remasking", recording.field("remasking").asText().replace('_', '-'));
    }
    if (isOn(recording, "logits_eos_inf")) {
      settings.put("logits-eos-inf", "true");
    }
    if (isOn(recording, "confidence_eos_eot_inf")) {
      settings.put("confidence-eos-eot-inf", "reference");
    }
    return settings;
  }

  private static boolean isOn(Recording recording, String option) {
    return recording.option(option).asBoolean();
  }

  private static Optional<String> confidence(Recording recording, int step, float[] came) {
    if (!recording.has("selected_confidence")) {
      return Optional.empty();
    }
    int[] positions = Recording.ints(recording.field("selected_in_topk_order").path(step - 1));
    float[] recorded = Recording.floats(recording.field("selected_confidence").path(step - 1));
    return Comparison.confidences(step, positions, recorded, came, TOLERANCE);
  }
}
