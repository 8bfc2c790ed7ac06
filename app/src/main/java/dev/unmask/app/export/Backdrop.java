package dev.unmask.app.export;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Paintable;
import dev.unmask.app.theme.Theme;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is the same in the pictures of several steps, painted; and what is still to be painted over
 * it for each of them. It is never written to.
 */
record Backdrop<P extends Paintable<P>>(
    ExportSubject<P> subject, BufferedImage painted, Drawing<P> rest) {
  /** With nothing painted. */
  static <P extends Paintable<P>> Backdrop<P> of(ExportSubject<P> subject) {
    PictureSize size = subject.settings().size();
    boolean opaque = subject.settings().theme().theme().opaque();
    int type = opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    return new Backdrop<>(
        subject, new BufferedImage(size.width(), size.height(), type), subject.drawing());
  }

  /** With all painted that is the same at the steps from one to another. */
  Backdrop<P> of(int from, int to) {
    if (subject.settings().size().scale() < 1) {
      // Neighbours share pixels there, so that it counts which of them is painted first.
      return this;
    }
    List<P> contents = IntStream.rangeClosed(from, to).mapToObj(subject.at()).toList();
    Layers<P> layers = rest.layers(contents);
    return new Backdrop<>(subject, with(layers.still(), from), layers.moving());
  }

  /** A new picture of a step. */
  BufferedImage picture(int step) {
    return with(rest, step);
  }

  private BufferedImage with(Drawing<P> drawing, int step) {
    var picture = new BufferedImage(painted.getWidth(), painted.getHeight(), painted.getType());
    painted.copyData(picture.getRaster());
    Theme theme = subject.settings().theme().theme();
    drawing.paint(picture, subject.at().apply(step), theme, subject.settings().size().scale());
    return picture;
  }
}
