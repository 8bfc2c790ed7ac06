package dev.unmask.app.controls;

import dev.unmask.app.ink.Inscriptions;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Paintable;
import dev.unmask.app.theme.Theme;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * Shows what a painter paints, pixel by pixel. It is painted elsewhere into one of two buffers and
 * copied to the other, which is on the screen; of what comes faster than it is painted, only the
 * last is.
 *
 * <p>This is not {@code session.Work}, where the latest request ends the one before: what is being
 * painted is always finished and shown, or nothing would be seen for as long as something is
 * dragged.
 */
public final class PaintedPane<P extends Paintable<P>> extends Region {
  private final Drawing<P> drawing;
  private final Executor painting;
  private final Appearance appearance;
  private final ImageView view = new ImageView();
  private final AtomicReference<Optional<Painted<P>>> finished =
      new AtomicReference<>(Optional.empty());
  private Optional<Picture<P>> shown = Optional.empty();
  private Buffers buffers = new Buffers(1, 1);
  private boolean busy;
  private final Tooltip tooltip = new Controls.Meaning("");
  private Optional<String> meaning = Optional.empty();
  private Optional<Read<P>> read = Optional.empty();

  /**
   * A pane with nothing on it.
   *
   * @param painting runs the drawing
   */
  public PaintedPane(Drawing<P> drawing, Executor painting, Appearance appearance) {
    this.drawing = drawing;
    this.painting = painting;
    this.appearance = appearance;
    view.setManaged(false);
    getChildren().add(view);
    setMinSize(0, 0);
    setAccessibleRole(AccessibleRole.TEXT);
    addEventHandler(MouseEvent.MOUSE_MOVED, this::explain);
  }

  /** Unless it was told otherwise, what is read out are the texts that are painted. */
  @Override
  public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
    return attribute == AccessibleAttribute.TEXT && getAccessibleText() == null
        ? shown.map(picture -> texts(picture).all()).orElse("")
        : super.queryAccessibleAttribute(attribute, parameters);
  }

  /** Tells what the terms mean that are painted where the mouse is. */
  private void explain(MouseEvent moved) {
    double x = moved.getX() / zoom();
    double y = moved.getY() / zoom();
    shown.ifPresent(
        picture ->
            painting.execute(
                () -> {
                  Optional<String> words = texts(picture).at(x, y).flatMap(Glossary::explain);
                  Platform.runLater(() -> explain(words));
                }));
  }

  private void explain(Optional<String> words) {
    meaning = words;
    // On what is shown, so that a tooltip of this pane's own comes first.
    words.ifPresentOrElse(
        told -> {
          tooltip.setText(told);
          Tooltip.install(view, tooltip);
        },
        () -> Tooltip.uninstall(view, tooltip));
  }

  /** What the terms mean that are painted where the mouse is. */
  public Optional<String> meaning() {
    return meaning;
  }

  /** While a picture stands it is read once. */
  private synchronized Inscriptions texts(Picture<P> picture) {
    Read<P> last = read.filter(before -> before.picture.equals(picture)).orElse(null);
    if (last == null) {
      last = new Read<>(picture, Inscriptions.of(drawing, picture.content, picture.theme));
      read = Optional.of(last);
    }
    return last.texts;
  }

  /** Shows something in this pane's size, as soon as it is painted; to be called every pulse. */
  public void show(P content) {
    finished.getAndSet(Optional.empty()).ifPresent(this::reveal);
    if (busy || getWidth() < 1 || getHeight() < 1 || getScene() == null) {
      return;
    }
    double scale = getScene().getWindow().getOutputScaleX() * zoom();
    var next = new Picture<>(sized(content), appearance.themeProperty().get(), scale);
    if (!shown.equals(Optional.of(next))) {
      paint(next);
    }
  }

  private void paint(Picture<P> next) {
    Buffers target =
        buffers.fitting(next.pixels(next.content.width()), next.pixels(next.content.height()));
    busy = true;
    // What cannot be painted is not tried again; the fault itself is told to whoever hears of all.
    painting.execute(
        () -> {
          try {
            drawing.paint(target.picture, next.content, next.theme, next.scale);
          } finally {
            finished.set(Optional.of(new Painted<>(target, next)));
          }
        });
  }

  private void reveal(Painted<P> painted) {
    buffers = painted.buffers;
    shown = Optional.of(painted.picture);
    busy = false;
    buffers.copy();
    view.setImage(buffers.image);
    double scale = painted.picture.scale / zoom();
    view.setFitWidth(buffers.picture.getWidth() / scale);
    view.setFitHeight(buffers.picture.getHeight() / scale);
  }

  /** A picture as JavaFX knows it, which shares nothing with it. */
  public static Image image(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    var image = new WritableImage(width, height);
    int[] colours = picture.getRGB(0, 0, width, height, null, 0, width);
    PixelFormat<IntBuffer> format = PixelFormat.getIntArgbInstance();
    image.getPixelWriter().setPixels(0, 0, width, height, format, colours, 0, width);
    return image;
  }

  /** Pixels of this pane to one of the frame. */
  public double zoom() {
    return appearance.textSizeProperty().get();
  }

  /** The same in the size in which it is painted here. */
  public P sized(P content) {
    return content.sized(
        (int) Math.max(1, getWidth() / zoom()), (int) Math.max(1, getHeight() / zoom()));
  }

  /** What is on the screen. */
  public Optional<P> shown() {
    return shown.map(Picture::content);
  }

  /**
   * What a painted picture depends on.
   *
   * @param scale pixels of the screen to one of the content
   */
  private record Picture<P>(P content, Theme theme, double scale) {
    int pixels(int length) {
      return (int) Math.ceil(length * scale);
    }
  }

  private record Read<P>(Picture<P> picture, Inscriptions texts) {}

  private record Painted<P>(Buffers buffers, Picture<P> picture) {}

  /**
   * The pixels that Java2D writes, and those that JavaFX reads. The renderer reads them whenever it
   * gets to it, so nothing may ever be painted there.
   */
  private static final class Buffers {
    private final BufferedImage picture;
    private final PixelBuffer<IntBuffer> pixels;
    private final WritableImage image;

    Buffers(int width, int height) {
      picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
      var format = PixelFormat.getIntArgbPreInstance();
      pixels = new PixelBuffer<>(width, height, IntBuffer.allocate(width * height), format);
      image = new WritableImage(pixels);
    }

    Buffers fitting(int width, int height) {
      boolean fits = picture.getWidth() == width && picture.getHeight() == height;
      return fits ? this : new Buffers(width, height);
    }

    /** On the FX thread. */
    void copy() {
      int[] painted = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
      pixels.updateBuffer(
          shown -> {
            shown.getBuffer().put(0, painted);
            return null;
          });
    }
  }
}
