package dev.unmask.app.tokens.canvas;

import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Scale;
import dev.unmask.app.picture.Sign;
import dev.unmask.app.picture.View;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Optional;

/**
 * Paints one cell. A state is told by hue, shape and sign together, so that it can be read without
 * colour.
 *
 * @param confidences what a full and an empty bar stand for
 * @param type the em of the text, in pixels; 0 for what the slot has room for
 * @param view says how small text may be; below that a cell tells its state alone
 */
record CellPainter(Graphics2D g, Theme theme, Scale confidences, double type, View view) {
  /** A slot shows this many characters in full; longer tokens are squeezed, then cut. */
  private static final double CHARACTERS = 8;

  private static final BasicStroke DASHES =
      new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 3}, 0);

  private static final BasicStroke DOTS =
      new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {1, 3}, 0);

  private static final double SMALLEST_TEXT = 5.5;
  private static final double TIGHTEST = 0.7;
  private static final double SMALLEST_VALUE = 7;
  private static final int SMALLEST_VALUED = 24;
  private static final int SMALLEST_ROUNDED = 14;
  private static final int SMALLEST_HATCHED = 8;
  private static final int SMALLEST_SIGN_WIDTH = 30;
  private static final int SMALLEST_CORNER_WIDTH = 70;

  /** With text as large as each slot has room for. */
  CellPainter(Graphics2D g, Theme theme, Scale confidences) {
    this(g, theme, confidences, 0, View.WHOLE);
  }

  /**
   * Paints a cell.
   *
   * @param colour that fills it in place of its state's; what was given has none of its own to lose
   */
  void paint(Cell cell, Rectangle slot, Optional<Color> colour) {
    Optional<Color> shade = colour.filter(_ -> cell.look() != Look.GIVEN);
    // A small cell is whole pixels: there may be thousands.
    boolean small = slot.height < SMALLEST_ROUNDED;
    g.setRenderingHint(
        RenderingHints.KEY_ANTIALIASING,
        small ? RenderingHints.VALUE_ANTIALIAS_OFF : RenderingHints.VALUE_ANTIALIAS_ON);
    if (shade.isPresent()) {
      shaded(cell.look(), slot, shade.get());
    } else {
      ground(cell.look(), slot);
    }
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Lettering lettering = lettering(cell.look(), slot);
    if (lettering.size() >= view.smallest(SMALLEST_TEXT)) {
      text(cell, slot, lettering, shade.map(Theme::on).orElse(ink(cell.look())));
    }
    if (lettering.size() < view.smallest(SMALLEST_TEXT)) {
      mark(cell.look(), slot);
    }
    boolean barred = slot.height >= 18 && cell.look() != Look.GIVEN && shade.isEmpty();
    if (barred && !Float.isNaN(cell.confidence())) {
      confidence(cell, slot);
    }
    if (slot.width >= SMALLEST_CORNER_WIDTH) {
      corner(cell, slot);
    }
  }

  /** Paints what a shade stands for, where there is room below the token. */
  void value(String figure, Rectangle slot, Color shade) {
    double size = view.smallest(Math.clamp(slot.height * 0.2, SMALLEST_VALUE, 12));
    var lettering = new Lettering(Typeface.SANS, size);
    if (slot.height >= SMALLEST_VALUED && lettering.width(figure) + 6 <= slot.width) {
      g.setColor(Theme.mix(Theme.on(shade), shade, 0.85));
      lettering.drawRight(g, figure, slot.x + slot.width - 4.0, slot.y + slot.height - size * 0.4);
    }
  }

  /** The state is told by the outline alone. */
  private void shaded(Look look, Rectangle slot, Color shade) {
    g.setColor(shade);
    g.fill(rounded(slot, 0));
    float thick = slot.height >= 12 ? 2 : 1;
    switch (look) {
      case COMMITTED_NOW -> outline(rounded(slot, 1), Theme.ORANGE, new BasicStroke(thick));
      case EDITED -> outline(rounded(slot, 1), Theme.PURPLE, new BasicStroke(thick));
      case REMASKED -> outline(rounded(slot, 1), Theme.VERMILLION, DASHES);
      case GIVEN, NOISE, NOT_STARTED, MASKED, KEPT_MASKED, COMMITTED -> {}
    }
  }

  private void ground(Look look, Rectangle slot) {
    Shape edge = rounded(slot, 0.5);
    switch (look) {
      case GIVEN -> {
        g.setColor(theme.muted());
        g.fillRect(slot.x, slot.y + slot.height - 2, slot.width, 2);
      }
      case NOISE -> outline(edge, theme.muted(), DOTS);
      case NOT_STARTED -> {
        g.setColor(theme.dim());
        g.fillOval(slot.x + slot.width / 2 - 2, slot.y + slot.height / 2 - 2, 4, 4);
      }
      case MASKED -> stripes(slot, theme.mask(), theme.maskStripe());
      case KEPT_MASKED -> outline(edge, theme.dim(), new BasicStroke(1));
      case COMMITTED_NOW -> {
        g.setColor(theme.wash(Theme.ORANGE));
        g.fill(rounded(slot, 0));
        outline(rounded(slot, 1), Theme.ORANGE, new BasicStroke(slot.height >= 12 ? 2 : 1));
      }
      case COMMITTED -> {
        g.setColor(theme.wash(Theme.SKY_BLUE));
        g.fill(rounded(slot, 0));
      }
      case REMASKED -> {
        // Opaque, so that the hatch is seen where the panel is not.
        stripes(slot, theme.wash(Theme.VERMILLION), new Color(theme.panel().getRGB()));
        outline(rounded(slot, 1), Theme.VERMILLION, DASHES);
      }
      case EDITED -> {
        g.setColor(theme.wash(Theme.PURPLE));
        g.fill(rounded(slot, 0));
        outline(edge, Theme.PURPLE, new BasicStroke(1));
      }
    }
  }

  private void text(Cell cell, Rectangle slot, Lettering lettering, Color ink) {
    String sign = sign(cell.look(), slot);
    String before = cell.before().isEmpty() ? "" : Visible.text(cell.before()) + "→";
    String whole = sign + before + Visible.text(cell.text());
    if (whole.isEmpty()) {
      return;
    }
    double room = slot.width - Math.min(8, slot.width / 6.0);
    double squeezed = Math.clamp(room / lettering.width(whole), TIGHTEST, 1);
    Lettering fitted = lettering.at(view.smallest(lettering.size() * squeezed));
    String shown = fitted.cut(whole, room);
    double x = slot.x + (slot.width - fitted.width(shown)) / 2;
    boolean barred = slot.height >= 18 && cell.look() != Look.GIVEN;
    double y = slot.y + slot.height / 2.0 + fitted.size() * 0.35 - (barred ? 2 : 0);
    g.setColor(ink);
    fitted.draw(g, shown, x, y);
    if (cell.look() == Look.REMASKED) {
      double from = x + fitted.width(sign);
      g.setStroke(new BasicStroke((float) Math.max(1, fitted.size() / 12)));
      double middle = y - fitted.size() * 0.27;
      g.draw(new Line2D.Double(from, middle, x + fitted.width(shown), middle));
    }
  }

  /** What was taken back or replaced is told apart where a cell is too small for a text. */
  private void mark(Look look, Rectangle slot) {
    if (look != Look.REMASKED && look != Look.EDITED) {
      return;
    }
    if (slot.height < SMALLEST_HATCHED) {
      g.setColor(look.hue().orElseThrow());
      g.fill(slot);
    } else {
      double radius = Math.min(slot.width, slot.height) * 0.2;
      Sign.paint(g, look, slot.getCenterX(), slot.getCenterY(), radius);
    }
  }

  private static String sign(Look look, Rectangle slot) {
    if (slot.width < SMALLEST_SIGN_WIDTH) {
      return "";
    }
    return switch (look) {
      case REMASKED -> "↺ ";
      case EDITED -> "◆";
      default -> "";
    };
  }

  private Color ink(Look look) {
    return look.hue()
        .map(theme::ink)
        .orElse(look == Look.GIVEN ? theme.foreground() : theme.muted());
  }

  private Lettering lettering(Look look, Rectangle slot) {
    Typeface typeface = look == Look.KEPT_MASKED ? Typeface.MONO_ITALIC : Typeface.MONO;
    return new Lettering(typeface, type > 0 ? type : type(slot.width, slot.height));
  }

  /** How large the text is in a slot: in a large one it leaves air around itself. */
  static double type(int width, int height) {
    double fromWidth = width * 0.9 / (CHARACTERS * 0.6);
    return Math.min(fromWidth, Math.min(height * 0.72, Math.max(12, height * 0.36)));
  }

  /** A bar under the token: the track is certainty, the filled part the confidence. */
  private void confidence(Cell cell, Rectangle slot) {
    double inset = slot.width / 14.0;
    double thickness = slot.height >= 32 ? 3 : 2;
    double y = slot.y + slot.height - thickness - (slot.height >= 32 ? 5 : 3);
    double track = slot.width - 2 * inset;
    g.setColor(Theme.mix(theme.foreground(), theme.panel(), 0.16));
    g.fill(new Rectangle2D.Double(slot.x + inset, y, track, thickness));
    g.setColor(cell.look().hue().orElse(theme.muted()));
    double share = confidences.share(cell.confidence());
    g.fill(new Rectangle2D.Double(slot.x + inset, y, track * share, thickness));
  }

  private void corner(Cell cell, Rectangle slot) {
    double right = slot.x + slot.width - 3.0;
    double top = slot.y + 3.0;
    g.setColor(theme.muted());
    g.setStroke(new BasicStroke(1));
    if (cell.look() == Look.GIVEN) {
      g.fill(new Rectangle2D.Double(right - 7, top + 3, 7, 5));
      g.draw(new Arc2D.Double(right - 6, top, 5, 6, 0, 180, Arc2D.OPEN));
    } else if (cell.setByUser()) {
      var pencil = new Path2D.Double();
      pencil.moveTo(right - 8, top);
      pencil.lineTo(right, top);
      pencil.lineTo(right, top + 8);
      pencil.closePath();
      g.fill(pencil);
    }
  }

  private void stripes(Rectangle slot, Color ground, Color stripe) {
    Shape outside = g.getClip();
    g.setColor(ground);
    g.fill(rounded(slot, 0));
    if (slot.height >= SMALLEST_HATCHED) {
      g.clip(rounded(slot, 0));
      g.setColor(stripe);
      g.setStroke(new BasicStroke(4));
      for (int x = slot.x - slot.height; x < slot.x + slot.width; x += 12) {
        g.draw(new Line2D.Double(x, slot.y + slot.height + 1.0, x + slot.height, slot.y - 1.0));
      }
      g.setClip(outside);
    }
  }

  private void outline(Shape edge, Color colour, BasicStroke stroke) {
    g.setColor(colour);
    g.setStroke(stroke);
    g.draw(edge);
  }

  private static Shape rounded(Rectangle slot, double inset) {
    if (slot.height < SMALLEST_ROUNDED) {
      boolean filled = inset == 0;
      return new Rectangle(
          slot.x, slot.y, slot.width - (filled ? 0 : 1), slot.height - (filled ? 0 : 1));
    }
    double arc = Math.min(10, slot.height / 3.0);
    return new RoundRectangle2D.Double(
        slot.x + inset,
        slot.y + inset,
        Math.max(slot.width - 2 * inset, 0),
        Math.max(slot.height - 2 * inset, 0),
        arc,
        arc);
  }
}
