package dev.unmask.engine.reference.recordings;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of LLaDA2's and LLaDA2.1's sampler.py in dllm, and of diffusers' LLaDA2Pipeline. */
public final class Llada2Generation implements SingleCase {
  private static final String DLLM = "\\S+/dllm@\\w+ \\S*llada2/sampler\\.py.*";
  private static final String DLLM_EDITING = "\\S+/dllm@\\w+ \\S*llada21/sampler\\.py.*";
  private static final String DIFFUSERS = "huggingface/diffusers@.*LLaDA2Pipeline\\.__call__.*";

  private static final Set<String> SETTINGS =
      RecordedModel.settingsAnd(
          "gen_length",
          "block_length",
          "num_inference_steps",
          "eos_id",
          "max_new_tokens",
          "block_size",
          "steps_per_block",
          "temperature",
          "top_p",
          "top_k",
          "sampling_method",
          "threshold",
          "editing_threshold",
          "max_post_steps",
          "minimal_topk",
          "num_to_transfer",
          "eos_early_stop");

  @Override
  public boolean recognises(Recording recording) {
    return (is(recording, DLLM) || is(recording, DLLM_EDITING) || is(recording, DIFFUSERS))
        && RecordedModel.isKnown(recording);
  }

  private static boolean is(Recording recording, String source) {
    return recording.source().matches(source);
  }

  @Override
  public Set<String> settings() {
    return SETTINGS;
  }

  /** The references fill the last block to its end, and diffusers cuts the rest off. */
  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.withEnd(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      int[] prompt = recording.ints("prompt");
      boolean diffusers = is(recording, DIFFUSERS);
      int answer =
          diffusers ? recording.count("gen_length") : recording.option("max_new_tokens").asInt(128);
      int block =
          diffusers ? recording.count("block_length") : recording.option("block_size").asInt(32);
      if (block < 1) {
        throw new InputException(
            "%s has blocks of %d positions; record it again.".formatted(recording.file(), block));
      }
      long length = Math.ceilDiv((long) prompt.length + answer, block) * block;
      Map<String, String> settings = settings(recording, answer);
      settings.put("block", String.valueOf(block));
      var plan =
          new RunPlan<>(
              Samplers.named("llada2"),
              settings,
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start.Tokens start = recording.start(prompt, length, model.vocabulary());
      TokenRun run = TokenRun.start(model, start, plan);
      if (!diffusers) {
        return RunComparison.difference(recording, run, "nfe", (_, _) -> Optional.empty());
      }
      int[][] states = RunComparison.states(recording);
      int[][] asked = Arrays.copyOf(states, states.length - 1);
      return RunComparison.differenceOfRequests(recording, run, asked, states[asked.length], "nfe");
    }
  }

  private static Map<String, String> settings(Recording recording, int answer) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("predict-mask", "true");
    settings.put("threshold", share(recording.option("threshold").asDouble(0.95)));
    putDrawing(settings, recording);
    if (is(recording, DLLM_EDITING)) {
      settings.put("minimal-topk", recording.option("num_to_transfer").asText("1"));
      settings.put("editing-threshold", share(recording.option("editing_threshold").asDouble(0.9)));
      settings.put("max-post-steps", recording.option("max_post_steps").asText("16"));
      settings.put("extra-forward", "true");
      settings.put("eos-early-stop", stop(recording, "at-block"));
      return settings;
    }
    int steps =
        is(recording, DIFFUSERS)
            ? recording.count("num_inference_steps")
            : recording.option("steps_per_block").asInt(32);
    int least = Math.max(1, recording.option("minimal_topk").asInt(1));
    settings.put("steps", String.valueOf(Math.min(steps, answer / least)));
    double editing = recording.option("editing_threshold").asDouble(0);
    settings.put("editing-threshold", share(editing > 0 ? editing : 1));
    int post = recording.option("max_post_steps").asInt(16);
    settings.put("max-post-steps", String.valueOf(post + 1));
    settings.put("extra-forward", String.valueOf(is(recording, DIFFUSERS)));
    String stop = is(recording, DIFFUSERS) ? "at-commit" : "leave-block";
    settings.put("eos-early-stop", stop(recording, stop));
    return settings;
  }

  /** For dllm, a nucleus of 0 is none. */
  private static void putDrawing(Map<String, String> settings, Recording recording) {
    boolean greedy = recording.option("sampling_method").asText().equals("greedy");
    double temperature = greedy ? 0 : recording.option("temperature").asDouble(0);
    settings.put("temperature", String.valueOf(temperature));
    double nucleus = recording.option("top_p").asDouble(1);
    settings.put("top-p", share(nucleus > 0 ? nucleus : 1));
    settings.put("top-k", String.valueOf(Math.max(0, recording.option("top_k").asInt(0))));
  }

  private static String stop(Recording recording, String how) {
    return recording.option("eos_early_stop").asBoolean() ? how : "false";
  }

  /** What is more than any probability is 1 as a threshold, what is less 0. */
  private static String share(double value) {
    return String.valueOf(Math.clamp(value, 0, 1));
  }
}
