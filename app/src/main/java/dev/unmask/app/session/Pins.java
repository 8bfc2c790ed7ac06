package dev.unmask.app.session;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.engine.run.Infill;
import dev.unmask.engine.trace.TokenState;
import java.util.ArrayList;
import java.util.List;

/** Writes what is given of a sequence as a prompt. */
public final class Pins {
  private Pins() {}

  /** All that was given to the frame's run and, if it holds a token, the selected position. */
  public static String notation(Frame frame) {
    TokenState state = frame.state();
    Look[] looks = frame.moment().looks();
    List<Infill.Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int gap = 0;
    for (int p = 0; p < looks.length; p++) {
      boolean chosen = p == frame.selection() && !looks[p].masked();
      if (looks[p] == Look.GIVEN || chosen) {
        gap = flush(pieces, gap);
        text.append(frame.trace().header().tokens().text(state.tokens()[p]));
      } else {
        if (!text.isEmpty()) {
          pieces.add(new Infill.Text(text.toString()));
          text.setLength(0);
        }
        gap++;
      }
    }
    if (!text.isEmpty()) {
      pieces.add(new Infill.Text(text.toString()));
    }
    return new Infill(pieces).notation();
  }

  /** A gap becomes a piece once something is given behind it. */
  private static int flush(List<Infill.Piece> pieces, int gap) {
    if (gap > 0) {
      pieces.add(new Infill.Gap(gap));
    }
    return 0;
  }
}
