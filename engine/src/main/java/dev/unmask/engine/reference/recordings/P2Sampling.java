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
import dev.unmask.engine.sampler.masked.Kappa;
import dev.unmask.engine.trace.TokenRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of path_planning's {@code p2_sampling}, with a planner or without, and of Open-dLLM's. */
public final class P2Sampling implements SingleCase {
  private static final Map<String, String> SCORES = Map.of("logP", "log-p", "diff_top2", "margin");

  @Override
  public boolean recognises(Recording recording) {
    boolean named =
        isOpenDllm(recording)
            || recording.source().contains("p2.py:p2_sampling")
                && SCORES.containsKey(text(recording, "score"))
                && kappa(recording).isPresent();
    return named && RecordedModel.isKnown(recording);
  }

  private static boolean isOpenDllm(Recording recording) {
    return recording.source().matches("\\S+ \\S+generation_utils\\.py:\\S+ alg=p2");
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "gen_length",
        "steps",
        "num_steps",
        "temperature",
        "tau",
        "top_p",
        "top_k",
        "eta",
        "kappa",
        "score",
        "planner/");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.withPlanner(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = recording.ints("prompt");
      int length = prompt.length + recording.count("gen_length");
      var plan =
          new RunPlan<>(
              Samplers.named("p2"),
              isOpenDllm(recording) ? openDllm(recording) : pathPlanning(recording),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start.Tokens start = recording.start(prompt, length, model.vocabulary());
      TokenRun run = TokenRun.start(model, start, plan);
      return RunComparison.difference(
          recording,
          run,
          state -> recording.has("planner") && state > 1 ? 2 : 1,
          "nfe",
          (step, record) -> predicted(recording, step, record));
    }
  }

  private static Map<String, String> pathPlanning(Recording recording) {
    return Map.of(
        "details", "path-planning",
        "steps", String.valueOf(recording.count("num_steps")),
        "temperature", String.valueOf(recording.number("tau")),
        "eta", String.valueOf(recording.number("eta")),
        "kappa", kappa(recording).orElseThrow().word(),
        "score", SCORES.get(text(recording, "score")),
        "planner", String.valueOf(recording.has("planner")));
  }

  /** By its counts, for users name theirs as they like, or else by its name. */
  private static Optional<Kappa> kappa(Recording recording) {
    int[] masked = Recording.ints(recording.root().path("num_to_mask"));
    return Kappa.leaving(masked, recording.count("gen_length"))
        .or(() -> Kappa.named(text(recording, "kappa")));
  }

  private static Map<String, String> openDllm(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("details", "open-dllm");
    settings.put("steps", String.valueOf(recording.count("steps")));
    settings.put("temperature", String.valueOf(recording.number("temperature")));
    if (recording.has("top_p")) {
      settings.put("top-p", String.valueOf(recording.number("top_p")));
    }
    if (recording.has("top_k")) {
      settings.put("top-k", String.valueOf(recording.count("top_k")));
    }
    return settings;
  }

  /** Of what was drawn, where it was. */
  private static Optional<String> predicted(Recording recording, int step, TokenRecord record) {
    int[] drawn = Recording.ints(recording.root().path("sampled_x0").path(step - 1));
    int[] came = record.decision().predicted().clone();
    for (int i = 0; i < Math.min(drawn.length, came.length); i++) {
      came[i] = came[i] < 0 ? drawn[i] : came[i];
    }
    return drawn.length == 0 ? Optional.empty() : Comparison.tokens(step, drawn, came);
  }

  private static String text(Recording recording, String field) {
    return recording.root().path(field).asText();
  }
}
