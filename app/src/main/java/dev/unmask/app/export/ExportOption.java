package dev.unmask.app.export;

/**
 * A setting that only says something of an export that moves. Where an export has no use for it the
 * form greys it, and the command refuses it, for the same reason.
 */
public enum ExportOption {
  FROM("--from"),
  TO("--to"),
  PACE("--pace"),
  FPS("--fps"),
  HOLD("--hold"),
  EASING("--easing");

  private final String option;

  ExportOption(String option) {
    this.option = option;
  }

  /** What it is called on the command line. */
  public String option() {
    return option;
  }

  /**
   * Why an export has no use for it, as a clause; empty if it has one.
   *
   * @param oneStep whether one step was asked for, whatever the format
   * @param pace steps a frame
   */
  public String idle(ExportFormat format, boolean oneStep, double pace) {
    if (format.still()) {
      return "a %s shows one step".formatted(format.ending());
    }
    if (oneStep) {
      return "one step is exported";
    }
    return this == EASING && pace >= 1
        ? "no frame lies between steps where there are not more frames than steps"
        : "";
  }
}
