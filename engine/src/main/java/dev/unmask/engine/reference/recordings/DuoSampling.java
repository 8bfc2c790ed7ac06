package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs of {@code generate_samples} in Duo's trainer_base.py, of its models and of its MDLM. */
public final class DuoSampling implements SingleCase {
  private static final Pattern SOURCE =
      Pattern.compile(
          "s-sahoo/duo@\\w+ trainer_base\\.py:.*generate_samples.*algo\\.py:(DUO\\w*|MDLM)");
  private static final Map<String, String> SCHEDULES =
      Map.of("loglinear eps=1e-3", "log-linear", "cosine eps=1e-3", "cosine");
  private static final Set<String> PREDICTORS = Set.of("ancestral", "ancestral_cache", "psi");
  private static final Set<String> PHASES = Set.of("high", "middle", "low");

  /** A way to find κ and its number, which the first two have not. */
  private static final Pattern MODE =
      Pattern.compile(
          "(pure-posterior|pure-pc|constant(?:-remdm)?|max-capped|max-rescale)(?:-([0-9.e-]+))?");

  private static final Pattern PROFILE =
      Pattern.compile("linear(?:-constant-linear-([0-9.]+)(-inv)?)?");

  @Override
  public boolean recognises(Recording recording) {
    return SOURCE.matcher(recording.source()).matches()
        && SCHEDULES.containsKey(recording.text("noise"))
        && PREDICTORS.contains(recording.text("predictor"))
        && PROFILE.matcher(profile(recording)).matches()
        && PHASES.stream().allMatch(phase -> mode(recording, phase).matches())
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd(
        "predictor",
        "noise_removal",
        "noise",
        "length",
        "steps",
        "eps",
        "use_float64",
        "p_nucleus",
        "psi/high_mode",
        "psi/middle_mode",
        "psi/low_mode",
        "psi/high_frac",
        "psi/middle_frac",
        "psi/time_profile");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    Map<String, String> settings = new LinkedHashMap<>();
    boolean masks = recording.source().endsWith("MDLM");
    settings.put("noise", masks ? "absorbing" : "uniform");
    // Its program asks for float64 where there are masks; where nothing is told it was off
    // elsewhere.
    settings.put("float64", recording.option("use_float64").asText(String.valueOf(masks)));
    settings.put("nucleus", nucleus(recording));
    settings.put("schedule", SCHEDULES.get(recording.text("noise")));
    settings.put("steps", String.valueOf(recording.count("steps")));
    settings.put("eps", String.valueOf(recording.number("eps")));
    settings.put("noise-removal", recording.field("noise_removal").asText());
    String predictor = recording.text("predictor");
    if (predictor.equals("psi")) {
      settings.putAll(psi(recording));
    } else {
      settings.put("cached", String.valueOf(masks && predictor.equals("ancestral_cache")));
    }
    String sampler = predictor.equals("psi") ? "psi" : "duo";
    return PosteriorSampling.difference(recording, steps(recording), threads, sampler, settings);
  }

  /** A nucleus of 0 is none. */
  private static String nucleus(Recording recording) {
    double nucleus = recording.option("p_nucleus").asDouble(1);
    return String.valueOf(nucleus > 0 ? nucleus : 1);
  }

  /** What stands before the greedy last step was not recorded. */
  private static IntUnaryOperator steps(Recording recording) {
    int last = recording.count("steps");
    boolean greedy = recording.text("noise_removal").equals("greedy");
    return state -> greedy && state == last ? 2 : 1;
  }

  private static Map<String, String> psi(Recording recording) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String phase : PHASES) {
      Matcher mode = mode(recording, phase);
      if (mode.matches()) {
        settings.put(phase + "-mode", mode.group(1));
        settings.put(phase + "-eta", mode.group(2) == null ? "0" : mode.group(2));
      }
    }
    settings.put("high-fraction", recording.field("psi").path("high_frac").asText());
    settings.put("middle-fraction", recording.field("psi").path("middle_frac").asText());
    Matcher profile = PROFILE.matcher(profile(recording));
    if (profile.matches() && profile.group(1) != null) {
      settings.put("time-profile", profile.group(2) == null ? "plateau" : "plateau-of-alpha");
      settings.put("plateau", profile.group(1));
    }
    return settings;
  }

  private static Matcher mode(Recording recording, String phase) {
    return MODE.matcher(
        recording.root().path("psi").path(phase + "_mode").asText("pure-posterior"));
  }

  private static String profile(Recording recording) {
    return recording.root().path("psi").path("time_profile").asText("linear");
  }
}
