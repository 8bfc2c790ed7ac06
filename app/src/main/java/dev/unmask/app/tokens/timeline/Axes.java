package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.engine.sampler.api.BlockPosition;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Paints what stands around and behind the rows: step numbers, tokens, and bands for blocks. */
record Axes(Graphics2D g, Theme theme, TimelineLayout layout) {
  private static final Lettering NUMBER = new Lettering(Typeface.SANS, 10);
  private static final int LEAST_GAP = 64;
  private static final double LARGEST_LABEL = 11;
  private static final double SMALLEST_LABEL = 6.5;

  /** The numbers of the steps, and a line down from each. */
  void steps() {
    g.setStroke(new BasicStroke(1));
    int stride = stride();
    for (int k = 0; k <= layout.plannedSteps(); k += stride) {
      if (layout.shows(k)) {
        int x = (int) Math.round(layout.x(k));
        g.setColor(theme.muted());
        NUMBER.drawCentred(g, Integer.toString(k), x, layout.axis());
        g.setColor(theme.line());
        g.draw(new Line2D.Double(x + 0.5, layout.axis() + 4.0, x + 0.5, layout.bottom()));
      }
    }
    g.setColor(theme.muted());
    NUMBER.drawRight(g, "step", layout.left() - 10.0, layout.axis());
  }

  /** Steps between two numbers of the axis: 1, 2 or 5 times a power of ten. */
  private int stride() {
    int[] rounds = {1, 2, 5};
    for (int power = 1; ; power *= 10) {
      for (int round : rounds) {
        if (round * power * layout.stepWidth() >= LEAST_GAP || power >= 100_000_000) {
          return round * power;
        }
      }
    }
  }

  /** A band where a block's positions meet the steps that worked on it. */
  void blocks(List<StepView> moments) {
    g.setColor(Theme.mix(theme.accent(), theme.panel(), theme.dark() ? 0.09 : 0.07));
    int first = 1;
    for (int k = 1; k < moments.size(); k++) {
      BlockPosition block = moments.get(k).block();
      boolean last = k + 1 == moments.size() || moments.get(k + 1).block().index() != block.index();
      if (last && block.count() > 1) {
        double x = layout.x(first - 1.0);
        double y = layout.rowTop(block.from());
        g.fill(new Rectangle2D.Double(x, y, layout.x(k) - x, layout.rowTop(block.to()) - y));
      }
      first = last ? k + 1 : first;
    }
  }

  /** The latest token of each row, or of every so many rows where they are low. */
  void tokens(Frame frame) {
    double size =
        Math.clamp(
            layout.rowHeight() * 0.82, layout.view().smallest(SMALLEST_LABEL), LARGEST_LABEL);
    var lettering = new Lettering(Typeface.MONO, size);
    int every = (int) Math.ceil(size * 1.05 / layout.rowHeight());
    for (int p = Math.ceilDiv(layout.firstRow(), every) * every; p < layout.endRow(); p += every) {
      double y = layout.y(p);
      if (y > layout.top() && y < layout.bottom()) {
        token(frame, lettering, p, y);
      }
    }
    var pin = new Lettering(Typeface.MONO, LARGEST_LABEL - 1);
    for (int i = 0; i < layout.pinned().size(); i++) {
      token(frame, pin, layout.pinned().get(i), layout.pinY(i));
    }
  }

  private void token(Frame frame, Lettering lettering, int position, double y) {
    int token = frame.last().state().tokens()[position];
    boolean known = token >= 0 && token != frame.trace().header().tokens().maskId();
    String text =
        known
            ? Visible.text(frame.trace().header().tokens().text(token))
            : Integer.toString(position);
    g.setColor(known ? theme.muted() : theme.dim());
    String shown = lettering.cut(text, layout.left() - 10.0 - layout.labelsFrom());
    lettering.drawRight(g, shown, layout.left() - 10.0, y + lettering.size() * 0.35);
  }
}
