package dev.unmask.app.ink;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The texts of a picture, and where they stand. */
public final class Inscriptions implements Ink {
  private record Inscription(String text, Rectangle2D place) {}

  private final List<Inscription> all = new ArrayList<>();

  private Inscriptions() {}

  /** Those of what a drawing paints. */
  public static <P> Inscriptions of(Drawing<P> drawing, P content, Theme theme) {
    var texts = new Inscriptions();
    drawing.paint(new InkGraphics(texts), content, theme);
    return texts;
  }

  /** The text at a place, the topmost if there are several. */
  public Optional<String> at(double x, double y) {
    return all.reversed().stream()
        .filter(inscription -> inscription.place.contains(x, y))
        .map(Inscription::text)
        .findFirst();
  }

  /** All of them, one after the other as they were painted. */
  public String all() {
    return all.stream().map(Inscription::text).collect(Collectors.joining(", "));
  }

  @Override
  public void text(Lettering lettering, String text, double x, double y, Color colour, Shape clip) {
    double height = lettering.size();
    var place = new Rectangle2D.Double(x, y - height, lettering.width(text), 1.3 * height);
    if (clip == null || clip.intersects(place)) {
      all.add(new Inscription(text, place));
    }
  }

  @Override
  public void fill(Shape shape, Color colour, Shape clip) {
    // No text.
  }

  @Override
  public void stroke(Shape shape, BasicStroke stroke, Color colour, Shape clip) {
    // No text.
  }

  @Override
  public void image(BufferedImage picture, AffineTransform place, Shape clip) {
    // No text.
  }
}
