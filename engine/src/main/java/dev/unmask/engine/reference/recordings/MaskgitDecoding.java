package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code decode} in MaskGIT's parallel_decode.py. */
public final class MaskgitDecoding implements SingleCase {
  private static final String SCHEDULE = "cosine|uniform|log|exp|pow[0-9.]+";

  /** How far a confidence with noise, of logarithms in float32, may be off. */
  private static final float TOLERANCE = 2e-5f;

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().contains("parallel_decode.py:decode")
        && schedule(recording).matches(SCHEDULE)
        && recording.has("model");
  }

  private static String schedule(Recording recording) {
    return recording.root().path("mask_scheduling_method").asText();
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "length", "num_iter", "choice_temperature", "mask_scheduling_method", "jax_seed");
  }

  /** The result is what the last evaluation drew, before some of it is masked again. */
  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.ofCodebook(recording);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = Recording.ints(recording.root().path("prompt"));
      var plan =
          new RunPlan<>(
              Samplers.named("maskgit"),
              settings(recording),
              RandomKind.JAX,
              recording.root().path("jax_seed").asLong(0));
      Start.Tokens start = recording.start(prompt, recording.count("length"), model.vocabulary());
      TokenRun run = TokenRun.start(model, start, plan);
      int[][] drawn = recording.rows("final_seqs");
      if (drawn.length == 0) {
        throw new InputException(
            recording.file() + " has no final_seqs to compare with; record it again.");
      }
      return RunComparison.differenceOfRequests(
              recording, run, RunComparison.states(recording), drawn[drawn.length - 1], "nfe")
          .or(() -> confidences(recording, run));
    }
  }

  private static Optional<String> confidences(Recording recording, TokenRun run) {
    JsonNode iterations = recording.root().path("iterations");
    Optional<String> found = Optional.empty();
    for (int step = 0; step < Math.min(iterations.size(), run.trace().steps()); step++) {
      TokenRecord record = run.trace().step(step);
      JsonNode recorded = iterations.get(step).path("confidence");
      int[] positions = new int[recorded.size()];
      float[] values = new float[recorded.size()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = i;
        values[i] = recorded.get(i).isNumber() ? (float) recorded.get(i).asDouble() : Float.NaN;
      }
      int number = step + 1;
      found =
          found.or(
              () ->
                  Comparison.confidences(
                      number, positions, values, record.decision().confidence(), TOLERANCE));
    }
    return found;
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.count("num_iter")));
    settings.put("choice-temperature", String.valueOf(recording.number("choice_temperature")));
    settings.put("redraw", "true");
    boolean isPower = schedule(recording).startsWith("pow");
    settings.put("schedule", isPower ? "pow" : schedule(recording));
    if (isPower) {
      settings.put("exponent", schedule(recording).substring("pow".length()));
    }
    return settings;
  }
}
