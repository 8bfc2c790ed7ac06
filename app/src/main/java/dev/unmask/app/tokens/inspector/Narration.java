package dev.unmask.app.tokens.inspector;

import dev.unmask.app.picture.Figures;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Phase;

/** Says in words what canvas and timeline show, for those who do not see it. */
public final class Narration {
  private Narration() {}

  public static String of(Frame frame) {
    Figures figures = frame.moment().figures();
    String phase = frame.phase() == Phase.PREDICTED ? ", predicted and not decided yet" : "";
    String step =
        "Step %d of %d%s: %s."
            .formatted(
                frame.step(),
                frame.plannedSteps(),
                phase,
                frame.masked() ? ofMasks(figures) : ofNoise(figures));
    return frame.selection() < 0 ? step : step + " " + Inspection.of(frame).summary();
  }

  private static String ofMasks(Figures figures) {
    return "%d masks left, %d committed, %d remasked, %d edited"
        .formatted(figures.masks(), figures.committed(), figures.remasked(), figures.edited());
  }

  private static String ofNoise(Figures figures) {
    return "%d tokens of noise left, %d edited".formatted(figures.noise(), figures.edited());
  }
}
