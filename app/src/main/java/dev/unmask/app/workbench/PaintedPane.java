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
 * Shows what a painter paints, pixel by pixel. It is painted elsewhere into one of two buffers
 * while the other is on the screen; of frames that come faster than they are painted, only the last
 * is.
 */
final class PaintedPane extends Region {
  private final Painter painter;
  private final Executor painting;
  private final ImageView view = new ImageView();
  private Optional<Picture> wanted = Optional.empty();
  private Optional<Picture> shown = Optional.empty();
  private Buffer front = new Buffer(1, 1);
  private Buffer back = new Buffer(1, 1);
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
    Buffer buffer = back.fitting(next.pixels(next.frame.width()), next.pixels(next.frame.height()));
    busy = true;
    painting.execute(
        () -> {
          painter.paint(buffer.picture, next.frame, next.theme, next.scale);
          Platform.runLater(() -> flip(buffer, next));
        });
  }

  private void flip(Buffer painted, Picture picture) {
    back = front;
    front = painted;
    shown = Optional.of(picture);
    busy = false;
    painted.pixels.updateBuffer(pixels -> null);
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

  /** Pixels that Java2D writes and JavaFX reads. */
  private static final class Buffer {
    private final BufferedImage picture;
    private final PixelBuffer<IntBuffer> pixels;
    private final WritableImage image;

    Buffer(int width, int height) {
      picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
      int[] data = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
      var format = PixelFormat.getIntArgbPreInstance();
      pixels = new PixelBuffer<>(width, height, IntBuffer.wrap(data), format);
      image = new WritableImage(pixels);
    }

    Buffer fitting(int width, int height) {
      boolean fits = picture.getWidth() == width && picture.getHeight() == height;
      return fits ? this : new Buffer(width, height);
    }
  }
}
