package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Request;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs of {@code generate} in Fast-dLLM's generate.py for LLaDA, without a cache and with either:
 * of some all states were recorded, of others what was evaluated and the final tokens.
 */
public final class FastDllmGeneration implements SingleCase {
  private static final Pattern SOURCE =
      Pattern.compile(
          "NVlabs/Fast-dLLM@\\w+ llada/generate\\.py.*[: ]generate(?:_with_(prefix|dual)_cache)?");

  /** The version that evaluates blocks in vain. */
  private static final String IN_VAIN = "Fast-dLLM@24cc59e7";

  /** How far a confidence of the hashed model may be off. */
  private static final float TOLERANCE = 2e-6f;

  /** How far one of a transformer may be off. */
  private static final float TRANSFORMER_TOLERANCE = 1e-3f;

  @Override
  public boolean recognises(Recording recording) {
    return SOURCE.matcher(recording.source()).matches() && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "gen_length", "block_length", "steps", "temperature", "remasking", "threshold", "factor");
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
              Samplers.named("fast-dllm"),
              settings(recording),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      TokenRun run = TokenRun.start(model, start, plan);
      return recording.has("states")
          ? RunComparison.difference(
              recording, run, "nfe", (step, record) -> eligible(recording, step, record))
          : evaluations(recording, run);
    }
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("block", String.valueOf(recording.count("block_length")));
    settings.put("temperature", String.valueOf(recording.number("temperature")));
    if (recording.has("factor")) {
      settings.put("rule", "factor");
      settings.put("factor", recording.field("factor").asText());
    } else if (recording.has("threshold")) {
      settings.put("rule", "threshold");
      settings.put("threshold", recording.field("threshold").asText());
    } else {
      settings.put("rule", "quota");
      settings.put("steps", String.valueOf(recording.count("steps")));
    }
    if (recording.has("remasking")) {
      settings.put("remasking", recording.field("remasking").asText().replace('_', '-'));
    }
    Matcher source = SOURCE.matcher(recording.source());
    if (source.matches() && source.group(1) != null) {
      settings.put("cache", source.group(1));
    }
    settings.put("evaluate-full-blocks", String.valueOf(recording.source().contains(IN_VAIN)));
    return settings;
  }

  /** The confidences of all positions that a step could commit, by position. */
  private static Optional<String> eligible(Recording recording, int step, TokenRecord record) {
    JsonNode recorded = recording.root().path("eligible_confidence").path(step - 1);
    int[] positions =
        recorded.propertyStream().mapToInt(entry -> position(recording, entry.getKey())).toArray();
    float[] values = new float[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) recorded.path(String.valueOf(positions[i])).asDouble();
    }
    return Comparison.confidences(
        step, positions, values, record.decision().confidence(), TOLERANCE);
  }

  private static int position(Recording recording, String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s has a confidence at '%s', which is no position; record it again."
              .formatted(recording.file(), name),
          e);
    }
  }

  private static Optional<String> evaluations(Recording recording, TokenRun run) {
    Optional<String> found = Optional.empty();
    for (int step = 1; found.isEmpty() && !run.finished(); step++) {
      Request asked = run.sampler().request(run.state());
      TokenRecord record = run.step();
      int number = step;
      found =
          slots(recording, step, asked.ids().length)
              .or(() -> ranked(recording, number, asked.positions()[0], record));
    }
    return found
        .or(
            () ->
                Comparison.tokens(
                    run.trace().steps(), recording.ints("final"), run.state().tokens()))
        .or(() -> RunComparison.evaluations(recording, run, "nfe"));
  }

  /** How many tokens the model was shown. */
  private static Optional<String> slots(Recording recording, int step, int came) {
    JsonNode recorded = recording.root().path("calls").path(step - 1).path("input_len");
    return recorded.isMissingNode() || recorded.asInt() == came
        ? Optional.empty()
        : Optional.of(
            "step %d: %d tokens were evaluated in the recording and %d here"
                .formatted(step, recorded.asInt(), came));
  }

  /**
   * How sure the surest predictions were.
   *
   * @param from the position that the recording counts from
   */
  private static Optional<String> ranked(
      Recording recording, int step, int from, TokenRecord record) {
    JsonNode recorded = recording.root().path("topk").path(step - 1);
    int[] positions =
        Arrays.stream(Recording.ints(recorded.path("selected_relative")))
            .map(position -> position + from)
            .toArray();
    return Comparison.confidences(
        step,
        positions,
        Recording.floats(recorded.path("conf")),
        record.decision().confidence(),
        TRANSFORMER_TOLERANCE);
  }
}
