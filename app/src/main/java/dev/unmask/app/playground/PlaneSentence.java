package dev.unmask.app.playground;

import dev.unmask.engine.playground.ParticlePlan;
import java.util.Locale;

/** What is seen of particles at a point of their paths, in words. */
public final class PlaneSentence {
  private static final double CERTAIN = 0.05;
  private static final double LOST = 0.6;

  private PlaneSentence() {}

  /** How much of the data is left, and how much is known of where the particles came from. */
  public static String of(PlaneView view) {
    ParticlePlan plan = view.scene().plan();
    String noise =
        String.format(
            Locale.ROOT,
            "At t %.2f each particle is %.2f of where it came from plus noise of σ %.2f",
            view.time(),
            view.alpha(),
            view.sigma());
    double share = view.paths().candidates()[view.point()] / plan.data().mixture().x().length;
    return noise + ": " + origin(share, plan.data().title());
  }

  private static String origin(double share, String data) {
    if (share < CERTAIN) {
      return "where that was is all but certain, and the prediction lies on the %s."
          .formatted(data);
    }
    if (share > LOST) {
      return "it may have been almost anywhere on the %s, and the prediction is near its middle."
          .formatted(data);
    }
    return String.format(
        Locale.ROOT,
        "it may have been on about %.0f %% of the %s, and the prediction is their mean.",
        100 * share,
        data);
  }
}
