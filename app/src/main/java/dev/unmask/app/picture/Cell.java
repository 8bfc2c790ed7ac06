package dev.unmask.app.picture;

import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.TraceHeader;

/**
 * One position at a step.
 *
 * @param text the token that is shown: the one there, the one predicted, or for a remasked position
 *     the one that was lost; empty where there is none
 * @param before for an edited position the token that was replaced, else empty
 * @param confidence of the step's prediction here, in the sampler's own score; NaN where none
 * @param setByUser whether the user set this token
 */
public record Cell(Look look, String text, String before, float confidence, boolean setByUser) {
  /** All that is shown of every position. */
  public static Cell[] all(StepView moment, TraceHeader header) {
    var cells = new Cell[moment.looks().length];
    for (int p = 0; p < cells.length; p++) {
      cells[p] = at(moment, p, header);
    }
    return cells;
  }

  /** All that is shown of a position. */
  public static Cell at(StepView moment, int position, TraceHeader header) {
    TokenStep decision = moment.decision();
    int before = moment.before().tokens()[position];
    Look look = moment.looks()[position];
    int shown =
        switch (look) {
          case NOT_STARTED, MASKED -> -1;
          case KEPT_MASKED -> decision.predicted()[position];
          case REMASKED -> before;
          case GIVEN, NOISE, COMMITTED_NOW, COMMITTED, EDITED -> decision.next().tokens()[position];
        };
    boolean set = (decision.next().marks()[position] & Mark.SET) != 0;
    return new Cell(
        look,
        text(header, shown),
        text(header, look == Look.EDITED ? before : -1),
        decision.confidence()[position],
        set);
  }

  private static String text(TraceHeader header, int token) {
    return token < 0 ? "" : header.tokens().text(token);
  }
}
