package dev.unmask.app.ink;

import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Lettering.TextSurface;
import java.awt.BasicStroke;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ImageObserver;

/** Hands all that painters draw to an ink, as shapes, pictures and text on the page. */
public final class InkGraphics extends StatefulGraphics implements TextSurface {
  private final Ink ink;

  public InkGraphics(Ink ink) {
    this(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics(), ink);
  }

  private InkGraphics(Graphics2D state, Ink ink) {
    super(state);
    this.ink = ink;
  }

  @Override
  public Graphics create() {
    return new InkGraphics((Graphics2D) state.create(), ink);
  }

  @Override
  public void fill(Shape shape) {
    ink.fill(placed(shape), getColor(), clipOnPage());
  }

  @Override
  public void draw(Shape shape) {
    if (getStroke() instanceof BasicStroke stroke && onlyMoved()) {
      ink.stroke(placed(shape), stroke, getColor(), clipOnPage());
    } else {
      fill(getStroke().createStrokedShape(shape));
    }
  }

  @Override
  public void text(Lettering lettering, String text, double x, double y) {
    if (onlyMoved()) {
      AffineTransform place = getTransform();
      double left = x + place.getTranslateX();
      double base = y + place.getTranslateY();
      ink.text(lettering, text, left, base, getColor(), clipOnPage());
    } else {
      fill(lettering.outline(text, x, y));
    }
  }

  @Override
  public boolean drawImage(Image image, AffineTransform place, ImageObserver observer) {
    AffineTransform onPage = getTransform();
    onPage.concatenate(place);
    ink.image((BufferedImage) image, onPage, clipOnPage());
    return true;
  }

  private boolean onlyMoved() {
    return (getTransform().getType() & ~AffineTransform.TYPE_TRANSLATION) == 0;
  }

  private Shape placed(Shape shape) {
    return getTransform().createTransformedShape(shape);
  }

  private Shape clipOnPage() {
    Shape clip = getClip();
    return clip == null ? null : placed(clip);
  }

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    draw(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    fill(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int start, int extent) {
    draw(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.OPEN));
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int start, int extent) {
    fill(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.PIE));
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    return drawImage(image, AffineTransform.getTranslateInstance(x, y), observer);
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, ImageObserver observer) {
    var place = AffineTransform.getTranslateInstance(x, y);
    place.scale((double) width / image.getWidth(null), (double) height / image.getHeight(null));
    return drawImage(image, place, observer);
  }
}
