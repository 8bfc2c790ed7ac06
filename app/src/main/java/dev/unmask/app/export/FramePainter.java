package dev.unmask.app.export;

import dev.unmask.app.canvas.CanvasPainter;
import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.app.timeline.TimelinePainter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints a frame of the animation: what is chosen of the views, and the status line below. */
public final class FramePainter implements Painter {
  private static final int MARGIN = 12;
  private static final int STATUS = 30;
  private static final double CANVAS_SHARE = 0.44;
  private static final int HEADING = 32;
  private static final int CAPTION_LINE = 18;
  private static final int GAP = 6;
  private static final Lettering TITLE = new Lettering(Typeface.SANS_STRONG, 17);
  private static final Lettering CAPTION = new Lettering(Typeface.SANS, 12.5);
  private static final Lettering NAME = new Lettering(Typeface.SANS, 12);
  private static final Lettering FIGURE = new Lettering(Typeface.SANS_STRONG, 12);

  private final Painter canvas;
  private final Painter timeline = new TimelinePainter();
  private final ExportSettings settings;

  /** Paints the view of an export, with its title, caption and legend. */
  public FramePainter(ExportSettings settings) {
    this.settings = settings;
    canvas = new CanvasPainter(settings.legend());
  }

  /** A new picture of a step, as it is exported. */
  public BufferedImage picture(Frame frame) {
    return picture(settings.frame(frame), settings.theme().theme());
  }

  /** A new picture of the frame, as large as the settings say. */
  BufferedImage picture(Frame frame, Theme theme) {
    PictureSize size = settings.size();
    int type = theme.opaque() ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    var picture = new BufferedImage(size.width(), size.height(), type);
    paint(picture, frame.sized(size.units(), size.unitsHigh()), theme, size.scale());
    return picture;
  }

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.background());
    g.fillRect(0, 0, frame.width(), frame.height());
    int width = Math.max(1, frame.width() - 2 * MARGIN);
    List<String> caption = CAPTION.lines(settings.caption(), width - 2.0 * Card.PADDING);
    int top = MARGIN + (settings.title().isEmpty() ? 0 : HEADING);
    int below = frame.height() - (caption.isEmpty() ? 0 : caption.size() * CAPTION_LINE + GAP);
    int bottom = below - MARGIN - STATUS;
    int height = Math.max(2, bottom - top);
    int upper = (int) Math.round(height * CANVAS_SHARE);
    switch (settings.view()) {
      case CANVAS -> part(g, canvas, frame.sized(width, height), top, theme);
      case TIMELINE -> part(g, timeline, frame.sized(width, height), top, theme);
      case BOTH -> {
        part(g, canvas, frame.sized(width, upper), top, theme);
        part(g, timeline, frame.sized(width, height - upper), top + upper + MARGIN, theme);
      }
    }
    title(g, frame, theme);
    status(g, frame, theme, below - 13.0);
    g.setColor(theme.foreground());
    for (int i = 0; i < caption.size(); i++) {
      CAPTION.draw(g, caption.get(i), MARGIN + Card.PADDING, below + GAP + i * CAPTION_LINE);
    }
  }

  private void title(Graphics2D g, Frame frame, Theme theme) {
    int x = MARGIN + Card.PADDING;
    g.setColor(theme.foreground());
    TITLE.draw(g, TITLE.cut(settings.title(), frame.width() - 2.0 * x), x, MARGIN + 17);
  }

  private static void part(Graphics2D g, Painter painter, Frame frame, int y, Theme theme) {
    Graphics2D shifted = (Graphics2D) g.create(MARGIN, y, frame.width(), frame.height());
    try {
      painter.paint(shifted, frame, theme);
    } finally {
      shifted.dispose();
    }
  }

  private static void status(Graphics2D g, Frame frame, Theme theme, double y) {
    double x = MARGIN + Card.PADDING;
    for (Status.Figure figure : Status.of(frame).figures()) {
      x = word(g, NAME, theme.muted(), figure.name() + " ", x, y);
      x = word(g, FIGURE, theme.foreground(), figure.value(), x, y);
      x = word(g, NAME, theme.muted(), figure.of(), x, y) + 22;
    }
  }

  private static double word(
      Graphics2D g, Lettering lettering, Color colour, String text, double x, double y) {
    g.setColor(colour);
    lettering.draw(g, text, x, y);
    return x + lettering.width(text);
  }
}
