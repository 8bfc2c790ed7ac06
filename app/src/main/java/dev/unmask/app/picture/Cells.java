package dev.unmask.app.picture;

import dev.unmask.engine.sampler.BlockPosition;
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
    int mask = trace.header().maskId();
    TokenState now = trace.state(step);
    TokenState before = trace.state(Math.max(step - 1, 0));
    int[] predicted = step == 0 ? nothing(now.length()) : decision(trace, step).predicted();
    BlockPosition block = plan.block(before);
    var looks = new Look[now.length()];
    for (int p = 0; p < looks.length; p++) {
      looks[p] =
          Mark.given(now.marks()[p])
              ? Look.GIVEN
              : look(mask, before.tokens()[p], now.tokens()[p], predicted[p], p < block.to());
    }
    return looks;
  }

  /** All that is shown of every position at a playhead. */
  public static Cell[] at(Trace trace, Plan plan, int step) {
    Look[] looks = looks(trace, plan, step);
    TokenState now = trace.state(step);
    TokenState before = trace.state(Math.max(step - 1, 0));
    var cells = new Cell[looks.length];
    for (int p = 0; p < cells.length; p++) {
      int predicted = step == 0 ? -1 : decision(trace, step).predicted()[p];
      float confidence = step == 0 ? Float.NaN : decision(trace, step).confidence()[p];
      int shown =
          switch (looks[p]) {
            case NOT_STARTED, MASKED -> -1;
            case KEPT_MASKED -> predicted;
            case REMASKED -> before.tokens()[p];
            case GIVEN, COMMITTED_NOW, COMMITTED, EDITED -> now.tokens()[p];
          };
      int replaced = looks[p] == Look.EDITED ? before.tokens()[p] : -1;
      boolean set = (now.marks()[p] & Mark.SET) != 0;
      List<String> words = trace.header().vocabulary();
      cells[p] = new Cell(looks[p], text(words, shown), text(words, replaced), confidence, set);
    }
    return cells;
  }

  private static Look look(int mask, int before, int now, int predicted, boolean reached) {
    boolean wasToken = before >= 0 && before != mask;
    if (now < 0) {
      return Look.NOT_STARTED;
    }
    if (now == mask) {
      if (wasToken) {
        return Look.REMASKED;
      }
      if (predicted >= 0 && predicted != mask) {
        return Look.KEPT_MASKED;
      }
      return reached ? Look.MASKED : Look.NOT_STARTED;
    }
    if (!wasToken) {
      return Look.COMMITTED_NOW;
    }
    return before == now ? Look.COMMITTED : Look.EDITED;
  }

  private static TokenStep decision(Trace trace, int step) {
    return trace.step(step - 1).decision();
  }

  private static int[] nothing(int length) {
    int[] none = new int[length];
    Arrays.fill(none, -1);
    return none;
  }

  private static String text(List<String> vocabulary, int token) {
    if (token < 0) {
      return "";
    }
    return token < vocabulary.size() ? vocabulary.get(token) : "#" + token;
  }
}
