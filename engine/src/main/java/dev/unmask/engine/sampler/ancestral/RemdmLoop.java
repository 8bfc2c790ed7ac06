package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import java.util.List;

/**
 * ReMDM with a loop (https://arxiv.org/abs/2503.00307): down to the time t-on it unmasks as MDLM
 * does until the share α-on is unmasked, then it holds that share and corrects, remasking with σ =
 * min(η, σ_max) and unmasking as many, and from t-off on it unmasks the rest.
 */
public final class RemdmLoop {
  static final Setting.Real ETA =
      new Setting.Real("eta", 0.02, 0, 1, "η: the chance of a token to be remasked in the loop");
  static final Setting.Real T_ON =
      new Setting.Real("t-on", 0.55, 0, 1, "The time, from 1 down to 0, at which the loop begins");
  static final Setting.Real T_OFF =
      new Setting.Real("t-off", 0.05, 0, 1, "The time at which the loop ends, at most t-on");
  static final Setting.Real ALPHA_ON =
      new Setting.Real("alpha-on", 0.9, 0, 0.999, "The share that is unmasked in the loop");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      Remdm.kind(
          "remdm-loop",
          "ReMDM, loop",
          "Unmasks most tokens, then remasks and unmasks as many in a loop, and then the rest.",
          "Checked against the paper's equations: the share that is unmasked at every time",
          List.of(ETA, T_ON, T_OFF, ALPHA_ON),
          RemdmLoop::kernel);

  private RemdmLoop() {}

  private static ReverseKernel kernel(Settings settings) {
    double on = settings.get(T_ON);
    double off = settings.get(T_OFF);
    double alpha = settings.get(ALPHA_ON);
    if (off > on) {
      throw new SettingException(
          "The setting t-off is %s, after which t-on, %s, cannot come; lower t-off."
              .formatted(off, on));
    }
    double sigma = Math.min(settings.get(ETA), AbsorbingStep.greatestSigma(alpha, alpha));
    return (state, t, s) -> {
      if (t > on) {
        float rate = (float) (alpha / (1 - on));
        return AbsorbingStep.ancestral(1 - (1 - t) * rate, 1 - (1 - s) * rate, state.length());
      }
      if (t <= off) {
        float rate = (float) ((1 - alpha) / off);
        return AbsorbingStep.ancestral(t * rate, s * rate, state.length());
      }
      return AbsorbingStep.remasking(alpha, alpha, sigma, state.length());
    };
  }
}
