package dev.unmask.app.export;

import dev.unmask.app.compare.ComparedCanvas;
import dev.unmask.app.compare.DifferencePainter;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.corruption.CorruptionPainter;
import dev.unmask.app.export.Composition.Part;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.canvas.CanvasPainter;
import dev.unmask.app.tokens.timeline.TimelinePainter;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
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
    composition(frame).paint(g, frame, theme);
  }

  @Override
  public Layers<Frame> layers(List<Frame> frames) {
    return composition(frames.getFirst()).layers(frames);
  }

  private Composition<Frame> composition(Frame frame) {
    var mount = new Mount(settings);
    Rectangle room = mount.room(frame.width(), frame.height());
    List<Part<Frame>> parts =
        switch (settings.view()) {
          case CANVAS -> List.of(new Part<>(canvas, room));
          case TIMELINE -> List.of(new Part<>(timeline, room));
          case BOTH -> List.of(new Part<>(canvas, upper(room)), new Part<>(timeline, lower(room)));
          case CORRUPTION -> List.of(new Part<>(corruption, room));
          case COMPARISON -> comparison(room);
          case STRIP -> throw new IllegalArgumentException("Tokens have no strip.");
        };
    return new Composition<>(mount, true, parts, shown -> Status.of(shown).figures());
  }

  private List<Part<Frame>> comparison(Rectangle room) {
    RunPair both = pair.orElseThrow();
    Rectangle above = upper(room);
    int half = (above.width - Mount.MARGIN) / 2;
    var left = new Rectangle(above.x, above.y, half, above.height);
    var right = new Rectangle(above.x + above.width - half, above.y, half, above.height);
    return List.of(
        new Part<>(new ComparedCanvas(both, false), left),
        new Part<>(new ComparedCanvas(both, true), right),
        new Part<>(new DifferencePainter(both), lower(room)));
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
}
