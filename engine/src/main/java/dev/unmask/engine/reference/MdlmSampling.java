package dev.unmask.engine.reference;

import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.SamplerKind;
import dev.unmask.engine.sampler.Samplers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs of {@code _sample} in MDLM's diffusion.py. */
final class MdlmSampling implements Format {
  /** Samplers by the names that recordings give them. */
  private static final Map<String, String> SAMPLERS =
      Map.of("mdlm ddpm", "mdlm", "mdlm ddpm_cache", "mdlm-cached");

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("kuleshov-group/mdlm@\\w+ diffusion\\.py:.*_sample.*")
        && SAMPLERS.containsKey(name(recording))
        && text(recording, "parameterization").equals("subs")
        && text(recording, "noise").equals("loglinear eps=1e-3")
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel model = RecordedModel.open(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      SamplerKind kind = Samplers.named(SAMPLERS.get(name(recording)));
      RunPlan plan =
          new RunPlan(
              kind,
              settings(recording),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start start = Start.of(new int[0], recording.whole("length"), model.vocabulary().maskId());
      TokenRun run = TokenRun.start(model, start, plan);
      return RunComparison.difference(recording, run, "nfe", (_, _) -> Optional.empty());
    }
  }

  private static String name(Recording recording) {
    return "mdlm " + text(recording, "predictor");
  }

  private static Map<String, String> settings(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.whole("steps")));
    settings.put("eps", String.valueOf(recording.number("eps")));
    settings.put("noise-removal", recording.field("noise_removal").asText());
    return settings;
  }

  private static String text(Recording recording, String field) {
    return recording.root().path(field).asText();
  }
}
