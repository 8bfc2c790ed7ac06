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
import dev.unmask.engine.trace.TokenRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Runs of dInfer's {@code ThresholdParallelDecoder}, block by block. */
public final class DinferDecoding implements SingleCase {
  /** How far a confidence computed in float32 and recorded with seven digits may be off. */
  private static final float TOLERANCE = 2e-6f;

  @Override
  public boolean recognises(Recording recording) {
    return recording
            .source()
            .matches("inclusionAI/dInfer@\\w+ \\S*:ThresholdParallelDecoder\\.decode\\b.*")
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "gen_length", "block_length", "decoder", "threshold", "temperature");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.open(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = recording.ints("prompt");
      int length = prompt.length + recording.count("gen_length");
      var plan =
          new RunPlan<>(
              Samplers.named("dinfer"),
              Map.of(
                  "block", String.valueOf(recording.count("block_length")),
                  "threshold", recording.option("threshold").asText(),
                  "temperature", String.valueOf(recording.number("temperature"))),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start.Tokens start = recording.start(prompt, length, model.vocabulary());
      return RunComparison.difference(
          recording,
          TokenRun.start(model, start, plan),
          "nfe",
          (step, record) -> confidences(recording, step, record));
    }
  }

  /** Of all positions that were asked about, in their order. */
  private static Optional<String> confidences(Recording recording, int step, TokenRecord record) {
    JsonNode recorded = recording.root().path("masked_confidence").path(step - 1);
    int[] predicted = record.decision().predicted();
    int[] asked = IntStream.range(0, predicted.length).filter(i -> predicted[i] >= 0).toArray();
    return Comparison.confidences(
        step, asked, Recording.floats(recorded), record.decision().confidence(), TOLERANCE);
  }
}
