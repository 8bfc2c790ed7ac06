package dev.unmask.app.picture;

import dev.unmask.engine.sampler.BlockPosition;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import java.util.Arrays;
import java.util.List;

/** Reads from a trace how its positions look. */
public final class Cells {
  private Cells() {}

  /** How every position looks at a playhead. */
  public static Look[] looks(Trace trace, Plan plan, int step) {
    return Moment.of(trace, step).looks(trace.header().maskId(), plan);
  }

  /** All that is shown of every position at a playhead. */
  public static Cell[] at(Trace trace, Plan plan, int step) {
    Moment moment = Moment.of(trace, step);
    List<String> words = trace.header().vocabulary();
    Look[] looks = moment.looks(trace.header().maskId(), plan);
    var cells = new Cell[looks.length];
    for (int p = 0; p < cells.length; p++) {
      TokenStep decision = moment.decision;
      int shown =
          switch (looks[p]) {
            case NOT_STARTED, MASKED -> -1;
            case KEPT_MASKED -> decision.predicted()[p];
            case REMASKED -> moment.before.tokens()[p];
            case GIVEN, COMMITTED_NOW, COMMITTED, EDITED -> decision.next().tokens()[p];
          };
      int replaced = looks[p] == Look.EDITED ? moment.before.tokens()[p] : -1;
      boolean set = (decision.next().marks()[p] & Mark.SET) != 0;
      float confidence = decision.confidence()[p];
      cells[p] = new Cell(looks[p], text(words, shown), text(words, replaced), confidence, set);
    }
    return cells;
  }

  private static String text(List<String> vocabulary, int token) {
    if (token < 0) {
      return "";
    }
    return token < vocabulary.size() ? vocabulary.get(token) : "#" + token;
  }

  /** A step and the state that it started from; at the start, a step that did nothing. */
  private record Moment(TokenState before, TokenStep decision) {
    static Moment of(Trace trace, int step) {
      return step == 0
          ? new Moment(trace.state(0), nothing(trace.state(0)))
          : new Moment(trace.state(step - 1), trace.step(step - 1).decision());
    }

    private static TokenStep nothing(TokenState state) {
      int[] predicted = new int[state.length()];
      float[] confidence = new float[state.length()];
      Arrays.fill(predicted, -1);
      Arrays.fill(confidence, Float.NaN);
      return new TokenStep(predicted, confidence, state);
    }

    Look[] looks(int mask, Plan plan) {
      BlockPosition block = plan.block(before);
      var looks = new Look[before.length()];
      for (int p = 0; p < looks.length; p++) {
        looks[p] = look(p, mask, p < block.to());
      }
      return looks;
    }

    private Look look(int position, int mask, boolean reached) {
      int now = decision.next().tokens()[position];
      if (Mark.given(decision.next().marks()[position])) {
        return Look.GIVEN;
      }
      return switch (Event.at(position, mask, before, decision)) {
        case COMMITTED -> Look.COMMITTED_NOW;
        case REMASKED -> Look.REMASKED;
        case EDITED -> Look.EDITED;
        // A prediction of the mask itself is no token that could be shown.
        case KEPT_MASKED -> decision.predicted()[position] == mask ? Look.MASKED : Look.KEPT_MASKED;
        case STARTED -> now == mask ? Look.MASKED : Look.COMMITTED_NOW;
        case NONE -> unchanged(now, mask, reached);
      };
    }

    private static Look unchanged(int now, int mask, boolean reached) {
      if (now < 0) {
        return Look.NOT_STARTED;
      }
      if (now != mask) {
        return Look.COMMITTED;
      }
      return reached ? Look.MASKED : Look.NOT_STARTED;
    }
  }
}
