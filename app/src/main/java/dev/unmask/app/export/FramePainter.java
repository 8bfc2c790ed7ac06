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

/** Paints a frame of the animation: canvas, timeline or both, and the status line below. */
public final class FramePainter implements Painter {
  private static final int MARGIN = 12;
  private static final int STATUS = 30;
  private static final double CANVAS_SHARE = 0.44;
  private static final Lettering NAME = new Lettering(Typeface.SANS, 12);
  private static final Lettering FIGURE = new Lettering(Typeface.SANS_STRONG, 12);

  private final Painter canvas = new CanvasPainter();
  private final Painter timeline = new TimelinePainter();
  private final Content content;

  /** Paints the canvas above the timeline. */
  public FramePainter() {
    this(Content.BOTH);
  }

  /** Paints a part of what there is. */
  public FramePainter(Content content) {
    this.content = content;
  }

  /** A new picture of the frame, opaque. */
  public BufferedImage picture(Frame frame, Theme theme) {
    var picture = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
    paint(picture, frame, theme, 1);
    return picture;
  }

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.background());
    g.fillRect(0, 0, frame.width(), frame.height());
    int width = Math.max(1, frame.width() - 2 * MARGIN);
    int height = Math.max(2, frame.height() - 2 * MARGIN - STATUS);
    int upper = (int) Math.round(height * CANVAS_SHARE);
    switch (content) {
      case CANVAS -> part(g, canvas, frame.sized(width, height), MARGIN, theme);
      case TIMELINE -> part(g, timeline, frame.sized(width, height), MARGIN, theme);
      case BOTH -> {
        part(g, canvas, frame.sized(width, upper), MARGIN, theme);
        part(g, timeline, frame.sized(width, height - upper), 2 * MARGIN + upper, theme);
      }
    }
    status(g, frame, theme);
  }

  private static void part(Graphics2D g, Painter painter, Frame frame, int y, Theme theme) {
    Graphics2D shifted = (Graphics2D) g.create(MARGIN, y, frame.width(), frame.height());
    try {
      painter.paint(shifted, frame, theme);
    } finally {
      shifted.dispose();
    }
  }

  private static void status(Graphics2D g, Frame frame, Theme theme) {
    double y = frame.height() - 13;
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
