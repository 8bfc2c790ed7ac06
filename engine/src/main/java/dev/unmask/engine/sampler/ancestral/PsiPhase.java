package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.util.List;

/**
 * The settings of one of the three phases of a Ψ-sampler's run: how κ comes about.
 *
 * @param mode the way
 * @param eta η, which most ways need
 */
record PsiPhase(Setting.Choice mode, Setting.Real eta) {
  /** From the fourth on, those that depend on the schedule. */
  private static final List<String> MODES =
      List.of(
          "pure-posterior",
          "pure-pc",
          "constant",
          "max-capped",
          "rescale",
          "max-rescale",
          "constant-remdm");

  /** Of the phase of that name. */
  static PsiPhase named(String name, String mode, double eta) {
    return new PsiPhase(
        new Setting.Choice(
            name + "-mode",
            mode,
            MODES,
            "κ in the %s phase: 1; 0; η; or 1 − σ / (1 − α_s) with ReMDM's σ, capped, rescaled,"
                    .formatted(name)
                + " η min(η, σ_max) as the authors' program rescales, or η"),
        new Setting.Real(name + "-eta", eta, 0, 1, "η of the %s phase".formatted(name)));
  }

  /**
   * κ of a step.
   *
   * @param alphaT share of clean tokens before it
   * @param alphaS and after it
   */
  double kappa(Settings settings, double alphaT, double alphaS) {
    double strength = settings.get(eta);
    double greatest = AbsorbingStep.greatestSigma(alphaT, alphaS);
    return switch (settings.get(mode)) {
      case "pure-posterior" -> 1;
      case "pure-pc" -> 0;
      case "constant" -> strength;
      case "max-capped" -> ofSigma(Math.min(strength, greatest), alphaS);
      case "rescale" -> ofSigma(strength * greatest, alphaS);
      case "max-rescale" -> ofSigma(strength * Math.min(strength, greatest), alphaS);
      default -> ofSigma(strength, alphaS);
    };
  }

  /** Whether κ depends on the schedule: then a phase's last time, which none follows, has 1. */
  boolean scheduled(Settings settings) {
    return MODES.indexOf(settings.get(mode)) >= MODES.indexOf("max-capped");
  }

  private static double ofSigma(double sigma, double alphaS) {
    // κ = 1 − σ / (1 − α_s)
    return alphaS < 1 ? Math.clamp(1 - sigma / (1 - alphaS), 0, 1) : 1;
  }
}
