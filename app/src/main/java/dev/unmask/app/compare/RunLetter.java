package dev.unmask.app.compare;

import java.awt.BasicStroke;

/**
 * Which of the compared runs it is. Runs are told apart by their lines, for hues tell states: A's
 * are solid.
 */
public enum RunLetter {
  /** The run that is shown everywhere. */
  A("solid"),
  B("dashed", 5, 3),
  C("dotted", 1.4f, 2.8f),
  D("dashed and dotted", 7, 2.5f, 1.4f, 2.5f);

  private final String line;
  private final float[] dashes;

  RunLetter(String line, float... dashes) {
    this.line = line;
    this.dashes = dashes;
  }

  /** Of a place in the row of runs, from 0. */
  public static RunLetter of(int index) {
    return values()[index];
  }

  /** How its lines are drawn, in words. */
  public String line() {
    return line;
  }

  /** How its lines are drawn. */
  BasicStroke stroke(double width) {
    float thick = (float) width;
    return dashes.length == 0
        ? new BasicStroke(thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
        : new BasicStroke(thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }
}
