package dev.unmask.engine.sampler;

import java.util.List;

/**
 * The settings of one of the three phases of a Ψ-sampler's run: how κ comes about.
 *
 * @param mode the way
 * @param eta η, which most ways need
 */
record PsiPhase(Setting.Choice mode, Setting.Real eta) {
  private static final List<String> MODES =
      List.of(
          "pure-posterior", "pure-pc", "constant", "max-capped", "max-rescale", "constant-remdm");

  /** Of the phase of that name. */
  static PsiPhase named(String name) {
    return new PsiPhase(
        new Setting.Choice(
            name + "-mode",
            "pure-posterior",
            MODES,
            "κ in the %s phase: 1, 0, eta, or 1 − σ / (1 − α_s) with ReMDM's σ".formatted(name)),
        new Setting.Real(name + "-eta", 0.0, 0, 1, "η of the %s phase's mode".formatted(name)));
  }

  /**
   * κ of a step.
   *
   * @param alphaT share of clean tokens before it
   * @param alphaS and after it
   */
  double kappa(Settings settings, double alphaT, double alphaS) {
    double strength = settings.get(eta);
    double greatest = Math.min(strength, (1 - alphaS) / alphaT);
    return switch (settings.get(mode)) {
      case "pure-posterior" -> 1;
      case "pure-pc" -> 0;
      case "constant" -> strength;
      case "max-capped" -> ofSigma(greatest, alphaS);
      case "max-rescale" -> ofSigma(strength * greatest, alphaS);
      default -> ofSigma(strength, alphaS);
    };
  }

  /** Whether κ depends on the schedule, so that a phase's last time, which none follows, has 1. */
  boolean scheduled(Settings settings) {
    return MODES.indexOf(settings.get(mode)) >= MODES.indexOf("max-capped");
  }

  private static double ofSigma(double sigma, double alphaS) {
    return alphaS < 1 ? Math.clamp(1 - sigma / (1 - alphaS), 0, 1) : 1;
  }
}
