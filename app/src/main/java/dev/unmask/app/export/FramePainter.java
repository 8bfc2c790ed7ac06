package dev.unmask.app.export;

import dev.unmask.app.compare.ComparedCanvas;
import dev.unmask.app.compare.DifferencePainter;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.corruption.CorruptionPainter;
import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.canvas.CanvasPainter;
import dev.unmask.app.tokens.timeline.TimelinePainter;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Paints a frame of the animation: what is chosen of the views, and the status line below. */
public final class FramePainter implements Painter {
  private static final double CANVAS_SHARE = 0.44;

  private final Painter canvas;
  private final Painter timeline = new TimelinePainter();
  private final Painter corruption = new CorruptionPainter();
  private final ExportSettings settings;
  private final Optional<RunPair> pair;

  /** Paints the view of an export, with its title, caption and legend. */
  public FramePainter(ExportSettings settings) {
    this(settings, Optional.empty());
  }

  /**
   * Paints the view of an export.
   *
   * @param pair the run and what it is compared with
   */
  public FramePainter(ExportSettings settings, Optional<RunPair> pair) {
    this.settings = settings;
    this.pair = pair;
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
    Rectangle room = new Mount(settings).paint(g, frame.width(), frame.height(), theme);
    switch (settings.view()) {
      case CANVAS -> part(g, canvas, frame, room, theme);
      case TIMELINE -> part(g, timeline, frame, room, theme);
      case BOTH -> {
        part(g, canvas, frame, upper(room), theme);
        part(g, timeline, frame, lower(room), theme);
      }
      case CORRUPTION -> part(g, corruption, frame, room, theme);
      case COMPARISON -> compare(g, frame, room, theme);
      case STRIP -> throw new IllegalArgumentException("Tokens have no strip.");
    }
    Mount.status(g, Status.of(frame).figures(), theme, room);
  }

  private void compare(Graphics2D g, Frame frame, Rectangle room, Theme theme) {
    if (pair.isEmpty()) {
      part(g, new NothingBeside(), frame, room, theme);
      return;
    }
    Rectangle above = upper(room);
    int half = (above.width - Mount.MARGIN) / 2;
    var left = new Rectangle(above.x, above.y, half, above.height);
    var right = new Rectangle(above.x + above.width - half, above.y, half, above.height);
    part(g, new ComparedCanvas(pair.get(), false), frame, left, theme);
    part(g, new ComparedCanvas(pair.get(), true), frame, right, theme);
    part(g, new DifferencePainter(pair.get()), frame, lower(room), theme);
  }

  /** Says what is missing. */
  private record NothingBeside() implements Painter {
    @Override
    public void paint(Graphics2D g, Frame frame, Theme theme) {
      Card.paint(g, frame, theme, "COMPARISON");
      g.setColor(theme.muted());
      Card.NOTE.drawCentred(
          g,
          "Choose a run to compare with on the page Compare.",
          frame.width() / 2.0,
          frame.height() / 2.0);
    }
  }

  private static Rectangle upper(Rectangle room) {
    int height = (int) Math.round(room.height * CANVAS_SHARE);
    return new Rectangle(room.x, room.y, room.width, height);
  }

  private static Rectangle lower(Rectangle room) {
    int above = upper(room).height;
    int top = room.y + above + Mount.MARGIN;
    return new Rectangle(room.x, top, room.width, Math.max(1, room.height - above));
  }

  private static void part(
      Graphics2D g, Painter painter, Frame frame, Rectangle place, Theme theme) {
    Graphics2D shifted = (Graphics2D) g.create(place.x, place.y, place.width, place.height);
    try {
      painter.paint(shifted, frame.sized(place.width, place.height), theme);
    } finally {
      shifted.dispose();
    }
  }
}
