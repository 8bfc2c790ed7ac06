package dev.unmask.app.export;

/** What of a trace a picture shows. */
public enum Content {
  /** The sequence as text. */
  CANVAS,
  /** Positions and steps. */
  TIMELINE,
  /** The canvas above the timeline. */
  BOTH
}
