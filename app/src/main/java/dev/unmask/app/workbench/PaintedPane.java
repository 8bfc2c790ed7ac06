package dev.unmask.app.workbench;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Theme;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;

/**
 * Shows what a painter paints, pixel by pixel. It is painted elsewhere into one of two buffers and
 * copied to the other, which is on the screen; of frames that come faster than they are painted,
 * only the last is.
 */
final class PaintedPane extends Region {
  private final Painter painter;
  private final Executor painting;
  private final ImageView view = new ImageView();
  private Optional<Picture> wanted = Optional.empty();
  private Optional<Picture> shown = Optional.empty();
  private Buffers buffers = new Buffers(1, 1);
  private boolean busy;

  /**
   * A pane with nothing on it.
   *
   * @param painting runs the painter
   */
  PaintedPane(Painter painter, Executor painting) {
    this.painter = painter;
    this.painting = painting;
    view.setManaged(false);
    getChildren().add(view);
    setMinSize(0, 0);
  }

  /** Shows a frame in this pane's size, as soon as it is painted. */
  void show(Frame frame, Theme theme) {
    int width = (int) getWidth();
    int height = (int) getHeight();
    if (width > 0 && height > 0 && getScene() != null) {
      double scale = getScene().getWindow().getOutputScaleX();
      int steps = frame.trace().steps();
      wanted = Optional.of(new Picture(frame.sized(width, height), steps, theme, scale));
      paintNext();
    }
  }

  private void paintNext() {
    if (busy || wanted.isEmpty() || wanted.equals(shown)) {
      return;
    }
    Picture next = wanted.get();
    Buffers painted =
        buffers.fitting(next.pixels(next.frame.width()), next.pixels(next.frame.height()));
    busy = true;
    painting.execute(
        () -> {
          painter.paint(painted.picture, next.frame, next.theme, next.scale);
          Platform.runLater(() -> reveal(painted, next));
        });
  }

  private void reveal(Buffers painted, Picture picture) {
    buffers = painted;
    shown = Optional.of(picture);
    busy = false;
    painted.copy();
    view.setImage(painted.image);
    view.setFitWidth(painted.picture.getWidth() / picture.scale);
    view.setFitHeight(painted.picture.getHeight() / picture.scale);
    paintNext();
  }

  /**
   * What a painted picture depends on.
   *
   * @param steps of the trace, which may be growing
   * @param scale pixels of the screen to one of the frame
   */
  private record Picture(Frame frame, int steps, Theme theme, double scale) {
    int pixels(int length) {
      return (int) Math.ceil(length * scale);
    }
  }

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
