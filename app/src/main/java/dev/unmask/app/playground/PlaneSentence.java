package dev.unmask.app.playground;

import dev.unmask.engine.playground.ParticlePoint;
import dev.unmask.engine.playground.ParticleWay;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is seen of particles at a point of their paths, in words. */
public final class PlaneSentence {
  private static final double CERTAIN = 0.05;
  private static final double LOST = 0.6;

  /** Standard errors beyond which a share is no chance. */
  private static final double ERRORS = 3;

  private PlaneSentence() {}

  /** What noise has left or a sampler brought back, and what is known of where it came from. */
  public static String of(PlaneView view) {
    return switch (view.scene().plan().way()) {
      case ParticleWay.Noising _ -> left(view.now()) + origin(view);
      case ParticleWay.Sampling _ ->
          brought(view) + (view.point() < view.scene().steps() ? origin(view) : "");
    };
  }

  private static String left(ParticlePoint now) {
    return String.format(
        Locale.ROOT,
        "At t %.2f each particle is %.2f of where it came from plus noise of σ %.2f.",
        now.time(),
        now.noise().alpha(),
        now.noise().sigma());
  }

  private static String brought(PlaneView view) {
    String when =
        view.point() == 0
            ? "Before the first step"
            : "After %d of %d steps".formatted(view.point(), view.scene().steps());
    return when + view.field().map(field -> within(view.now(), field)).orElse("") + ".";
  }

  private static String within(ParticlePoint now, PlaneField field) {
    float[] density = now.density();
    double share =
        IntStream.range(0, density.length).filter(i -> density[i] >= field.levels()[0]).count()
            / (double) density.length;
    double wanted = PlaneField.OUTERMOST;
    double error = Math.sqrt(wanted * (1 - wanted) / density.length);
    String judged =
        Math.abs(share - wanted) <= ERRORS * error
            ? ""
            : share < wanted ? ": too few" : ": too many";
    return String.format(
        Locale.ROOT,
        " %.0f %% of the particles are within the outermost contour, where %.0f %% should be%s",
        100 * share,
        100 * wanted,
        judged);
  }

  private static String origin(PlaneView view) {
    String data = view.scene().plan().data().title();
    double share = view.now().candidates() / view.scene().data().x().length;
    if (share < CERTAIN) {
      return " Where a particle came from is all but certain, and its prediction lies on the %s."
          .formatted(data);
    }
    if (share > LOST) {
      return " A particle may have come from almost anywhere on the %s, and its prediction is near the middle."
          .formatted(data);
    }
    return String.format(
        Locale.ROOT,
        " A particle may have come from about %.0f %% of the %s, and its prediction is the mean of that.",
        100 * share,
        data);
  }
}
