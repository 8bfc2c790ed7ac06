package dev.unmask.app.export;

import java.util.List;

/** What of a trace a picture shows. */
public enum ExportView {
  /** The sequence as text. */
  CANVAS,
  /** Positions and steps. */
  TIMELINE,
  /** The canvas above the timeline; of images, a step above the strip. */
  BOTH,
  /** The last text as noise leaves it at the t of the step. */
  CORRUPTION,
  /** Two runs beside each other, above where they differ. */
  COMPARISON,
  /** Of images: all steps of one of them. */
  STRIP;

  /** Those of a run of tokens. */
  public static final List<ExportView> OF_TOKENS =
      List.of(CANVAS, TIMELINE, BOTH, CORRUPTION, COMPARISON);
}
