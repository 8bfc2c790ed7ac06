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
import dev.unmask.engine.sampler.api.SamplerKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs of {@code _sample} in the diffusion.py of MDLM and of ReMDM. */
public final class MdlmSampling implements SingleCase {
  /** Samplers by repository, predictor and the name that ReMDM gives them. */
  private static final Map<String, String> SAMPLERS =
      Map.of(
          "mdlm ddpm", "mdlm",
          "mdlm ddpm_cache", "mdlm-cached",
          "mdlm analytic", "mdlm-analytic",
          "remdm ddpm_cache mdlm", "remdm-mdlm",
          "remdm ddpm_cache remdm-cap", "remdm-cap",
          "remdm ddpm_cache remdm-rescale", "remdm-rescale",
          "remdm ddpm_cache remdm-conf", "remdm-conf",
          "remdm ddpm_cache remdm-loop", "remdm-loop",
          "remdm ddpm_cache forward-backward", "remdm-forward-backward");

  /** Settings by what a recording's sampling calls them; a sampler passes over what it has not. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "eta", "eta",
          "nucleus_p", "nucleus",
          "t_on", "t-on",
          "t_off", "t-off",
          "alpha_on", "alpha-on");

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("kuleshov-group/(mdlm|remdm)@\\w+ diffusion\\.py:.*_sample.*")
        && SAMPLERS.containsKey(name(recording))
        && text(recording, "parameterization").equals("subs")
        && text(recording, "noise").equals("loglinear eps=1e-3")
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        Stream.concat(
                OPTIONS.keySet().stream(),
                Stream.of(
                    "sampler",
                    "parameterization",
                    "predictor",
                    "noise",
                    "noise_removal",
                    "length",
                    "steps",
                    "eps"))
            .toArray(String[]::new));
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.open(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      SamplerKind kind = Samplers.named(SAMPLERS.get(name(recording)));
      RunPlan<SamplerKind> plan =
          new RunPlan<>(
              kind,
              settings(recording, kind),
              RandomKind.TORCH,
              recording.root().path("torch_seed").asLong(0));
      Start.Tokens start =
          recording.start(new int[0], recording.count("length"), model.vocabulary());
      TokenRun run = TokenRun.start(model, start, plan);
      return RunComparison.difference(recording, run, "nfe", (_, _) -> Optional.empty());
    }
  }

  private static String name(Recording recording) {
    String repository = recording.source().replaceFirst("kuleshov-group/(\\w+)@.*", "$1");
    String sampler = recording.root().path("sampling").path("sampler").asText();
    return "%s %s %s".formatted(repository, text(recording, "predictor"), sampler).strip();
  }

  private static Map<String, String> settings(Recording recording, SamplerKind kind) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("steps", String.valueOf(recording.count("steps")));
    settings.put("eps", String.valueOf(recording.number("eps")));
    settings.put("noise-removal", recording.field("noise_removal").asText());
    recording
        .root()
        .path("sampling")
        .propertyStream()
        .filter(option -> OPTIONS.containsKey(option.getKey()))
        .filter(option -> has(kind, OPTIONS.get(option.getKey())))
        .forEach(option -> settings.put(OPTIONS.get(option.getKey()), option.getValue().asText()));
    return settings;
  }

  private static boolean has(SamplerKind kind, String name) {
    return kind.settings().stream().anyMatch(setting -> setting.name().equals(name));
  }

  private static String text(Recording recording, String field) {
    return recording.root().path(field).asText();
  }
}
