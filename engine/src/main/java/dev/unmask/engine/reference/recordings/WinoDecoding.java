package dev.unmask.engine.reference.recordings;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code decoding_wino} in WINO's decoding.py: what each evaluation was asked. */
public final class WinoDecoding implements SingleCase {
  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("\\S+/WINO-DLLM@\\w+ \\S*decoding\\.py:decoding_wino\\b.*")
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "gen_length", "block_length", "threshold", "threshold_back", "temperature", "steps");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.open(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = recording.ints("prompt");
      int length = prompt.length + recording.count("gen_length");
      var plan =
          new RunPlan<>(
              Samplers.named("wino"),
              Map.of(
                  "block", String.valueOf(recording.count("block_length")),
                  "threshold", String.valueOf(recording.number("threshold")),
                  "threshold-back", String.valueOf(recording.number("threshold_back")),
                  "temperature", String.valueOf(recording.number("temperature"))),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start.Tokens start = recording.start(prompt, length, model.vocabulary());
      return RunComparison.differenceOfRequests(
          recording,
          TokenRun.start(model, start, plan),
          recording.rows("inputs_of_each_forward"),
          recording.ints("final"),
          "steps");
    }
  }
}
