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
import dev.unmask.engine.sampler.block.Bd3lm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code _semi_ar_sampler} in BD3-LM's diffusion.py, seeded for torch and for NumPy. */
public final class Bd3lmSampling implements SingleCase {
  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("kuleshov-group/bd3lms@\\w+ .*_semi_ar_sampler.*")
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "num_blocks",
        "block_size",
        "num_steps",
        "first_hitting",
        "nucleus_p",
        "bos_token_id",
        "numpy_seed");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.open(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      long length = (long) recording.count("num_blocks") * recording.count("block_size");
      int[] begin = {recording.whole("bos_token_id")};
      int torch = (int) recording.root().path("torch_seed").asLong(0);
      int numpy = (int) recording.root().path("numpy_seed").asLong(torch);
      var plan =
          new RunPlan<>(
              Bd3lm.KIND,
              settings(recording),
              RandomKind.TORCH_NUMPY,
              RandomKind.seed(torch, numpy));
      Start.Tokens start = recording.start(begin, length, model.vocabulary());
      return RunComparison.difference(
          recording, TokenRun.start(model, start, plan), "nfe", (_, _) -> Optional.empty());
    }
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("block-size", String.valueOf(recording.count("block_size")));
    settings.put("steps", String.valueOf(recording.count("num_steps")));
    settings.put("first-hitting", recording.field("first_hitting").asText());
    settings.put("nucleus", recording.root().path("nucleus_p").asText("1.0"));
    settings.put("grid", "reference");
    settings.put("kv-cache", "false");
    settings.put("stop-at-end", "false");
    return settings;
  }
}
