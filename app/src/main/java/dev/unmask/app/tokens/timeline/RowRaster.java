package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Scale;
import dev.unmask.app.picture.Shading;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Theme;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Positions × steps as a map, composed pixel by pixel: what many rows, or other colours than those
 * of the state, are painted with. Where a pixel stands for several cells, the rarest event of them
 * is shown.
 */
final class RowRaster {
  /** From this height on, rows have a gap between them. */
  private static final double GAPPED = 6;

  private final Theme theme;
  private final TimelineLayout layout;
  private final List<StepView> moments;
  private final Shading shading;
  private final Scale confidences;
  private final boolean byState;

  RowRaster(Frame frame, Theme theme, TimelineLayout layout) {
    this.theme = theme;
    this.layout = layout;
    moments = frame.moments();
    shading = new Shading(frame, theme);
    confidences = frame.confidences();
    byState = frame.view().colouring() == Colouring.STATE;
  }

  /** Paints the rows that are in view. */
  void paint(Graphics2D g) {
    int width = layout.right() - layout.left();
    int height = layout.bottom() - layout.top();
    int[] rowStart = new int[height + 1];
    for (int y = 0; y <= height; y++) {
      rowStart[y] = (int) (layout.positionShare(layout.top() + y) * layout.length());
    }
    int[] pixels = new int[width * height];
    for (int y = 0; y < height && rowStart[y] < layout.length(); y++) {
      boolean gap = layout.rowHeight() >= GAPPED && rowStart[y + 1] > rowStart[y];
      int last = Math.clamp(rowStart[y + 1] - 1, rowStart[y], layout.length() - 1);
      row(pixels, y * width, width, rowStart[y], gap ? -1 : last);
    }
    if (byState) {
      thicken(pixels, width);
    }
    draw(g, pixels, width, height, layout.top());
  }

  /** What was taken back or replaced is seen, however small it is: two pixels in each direction. */
  private static void thicken(int[] pixels, int width) {
    int taken = Theme.VERMILLION.getRGB();
    int replaced = Theme.PURPLE.getRGB();
    for (int i = pixels.length - width - 2; i >= 0; i--) {
      int event = pixels[i];
      if ((event == taken || event == replaced) && (i + 1) % width != 0) {
        pixels[i + 1] = event;
        pixels[i + width] = event;
        pixels[i + width + 1] = event;
      }
    }
  }

  /** Paints one row with a gap above and below. */
  void paint(Graphics2D g, int position, int top, int height) {
    int width = layout.right() - layout.left();
    int[] pixels = new int[width * height];
    for (int y = 1; y < height - 1; y++) {
      row(pixels, y * width, width, position, position);
    }
    draw(g, pixels, width, height, top);
  }

  private void draw(Graphics2D g, int[] pixels, int width, int height, int top) {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, width, height, pixels, 0, width);
    g.drawImage(picture, layout.left(), top, null);
  }

  /** Fills a row of pixels; nothing if there is no position. */
  private void row(int[] pixels, int offset, int width, int first, int last) {
    int reach = layout.stepAt(layout.left() - 0.5);
    int known = -1;
    int colour = 0;
    for (int x = 0; x < width; x++) {
      int to = layout.stepAt(layout.left() + x + 0.5);
      int from = Math.min(reach + 1, to);
      reach = to;
      if (from < moments.size()) {
        // Where steps are wide, many pixels are of one and the same.
        colour =
            from == known ? colour : pixel(from, Math.min(to, moments.size() - 1), first, last);
        known = from == to ? to : -1;
        pixels[offset + x] = colour;
      }
    }
  }

  private int pixel(int fromStep, int toStep, int first, int last) {
    StepView rarest = null;
    int place = -1;
    for (int step = fromStep; step <= toStep; step++) {
      StepView moment = moments.get(step);
      for (int p = first; p <= last; p++) {
        if (rarest == null || rank(moment.looks()[p]) > rank(rarest.looks()[place])) {
          rarest = moment;
          place = p;
        }
      }
    }
    return rarest == null ? 0 : byState ? colour(rarest, place).getRGB() : shade(rarest, place);
  }

  private static int rank(Look look) {
    return switch (look) {
      case NOT_STARTED, MASKED, KEPT_MASKED, GIVEN, NOISE, COMMITTED -> 0;
      case COMMITTED_NOW -> 1;
      case EDITED -> 2;
      case REMASKED -> 3;
    };
  }

  private int shade(StepView moment, int position) {
    return shading.colour(moment, position).map(Color::getRGB).orElse(0);
  }

  private Color colour(StepView moment, int position) {
    Look look = moment.looks()[position];
    return switch (look) {
      case NOT_STARTED -> theme.panel();
      case MASKED, KEPT_MASKED -> theme.mask();
      case GIVEN -> theme.muted();
      case NOISE -> theme.dim();
      case COMMITTED -> committed(moment.since()[position], position);
      case COMMITTED_NOW, REMASKED, EDITED -> look.hue().orElseThrow();
    };
  }

  /** The surer, the stronger: what thickness tells where there is room for it. */
  private Color committed(int since, int position) {
    double share = confidences.share(moments.get(since).decision().confidence()[position]);
    return Theme.mix(Theme.SKY_BLUE, theme.panel(), Double.isNaN(share) ? 0.6 : 0.35 + share / 2);
  }
}
