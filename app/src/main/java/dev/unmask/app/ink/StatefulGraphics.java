package dev.unmask.app.ink;

import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.Map;

/**
 * Graphics that leave colour, stroke, clip and transform to those of a picture that nobody sees.
 * What painters have no use for is refused.
 */
abstract class StatefulGraphics extends Graphics2D {
  /** Has the state. */
  protected final Graphics2D state;

  StatefulGraphics(Graphics2D state) {
    this.state = state;
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("Painters draw shapes, whole pictures and lettering.");
  }

  @Override
  public void dispose() {
    state.dispose();
  }

  @Override
  public Color getColor() {
    return state.getColor();
  }

  @Override
  public void setColor(Color colour) {
    state.setColor(colour);
  }

  @Override
  public Paint getPaint() {
    return state.getColor();
  }

  @Override
  public void setPaint(Paint paint) {
    state.setColor((Color) paint);
  }

  @Override
  public Color getBackground() {
    return state.getBackground();
  }

  @Override
  public void setBackground(Color colour) {
    state.setBackground(colour);
  }

  @Override
  public Stroke getStroke() {
    return state.getStroke();
  }

  @Override
  public void setStroke(Stroke stroke) {
    state.setStroke(stroke);
  }

  @Override
  public Shape getClip() {
    return state.getClip();
  }

  @Override
  public Rectangle getClipBounds() {
    return state.getClipBounds();
  }

  @Override
  public void clip(Shape shape) {
    state.clip(shape);
  }

  @Override
  public void clipRect(int x, int y, int width, int height) {
    state.clipRect(x, y, width, height);
  }

  @Override
  public void setClip(int x, int y, int width, int height) {
    state.setClip(x, y, width, height);
  }

  @Override
  public void setClip(Shape shape) {
    state.setClip(shape);
  }

  @Override
  public AffineTransform getTransform() {
    return state.getTransform();
  }

  @Override
  public void setTransform(AffineTransform transform) {
    state.setTransform(transform);
  }

  @Override
  public void transform(AffineTransform transform) {
    state.transform(transform);
  }

  @Override
  public void translate(int x, int y) {
    state.translate(x, y);
  }

  @Override
  public void translate(double x, double y) {
    state.translate(x, y);
  }

  @Override
  public void rotate(double angle) {
    state.rotate(angle);
  }

  @Override
  public void rotate(double angle, double x, double y) {
    state.rotate(angle, x, y);
  }

  @Override
  public void scale(double x, double y) {
    state.scale(x, y);
  }

  @Override
  public void shear(double x, double y) {
    state.shear(x, y);
  }

  @Override
  public Object getRenderingHint(RenderingHints.Key key) {
    return state.getRenderingHint(key);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key key, Object value) {
    state.setRenderingHint(key, value);
  }

  @Override
  public RenderingHints getRenderingHints() {
    return state.getRenderingHints();
  }

  @Override
  public void setRenderingHints(Map<?, ?> hints) {
    state.setRenderingHints(hints);
  }

  @Override
  public void addRenderingHints(Map<?, ?> hints) {
    state.addRenderingHints(hints);
  }

  @Override
  public Font getFont() {
    return state.getFont();
  }

  @Override
  public void setFont(Font font) {
    state.setFont(font);
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return state.getFontMetrics(font);
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return state.getFontRenderContext();
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    return state.getDeviceConfiguration();
  }

  @Override
  public Composite getComposite() {
    return state.getComposite();
  }

  @Override
  public boolean hit(Rectangle rectangle, Shape shape, boolean onStroke) {
    return state.hit(rectangle, shape, onStroke);
  }

  @Override
  public void setComposite(Composite composite) {
    throw unused();
  }

  @Override
  public void setPaintMode() {
    throw unused();
  }

  @Override
  public void setXORMode(Color colour) {
    throw unused();
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw unused();
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    throw unused();
  }

  @Override
  public void drawPolyline(int[] xs, int[] ys, int count) {
    throw unused();
  }

  @Override
  public void drawPolygon(int[] xs, int[] ys, int count) {
    throw unused();
  }

  @Override
  public void fillPolygon(int[] xs, int[] ys, int count) {
    throw unused();
  }

  @Override
  public void drawString(String text, int x, int y) {
    throw unused();
  }

  @Override
  public void drawString(String text, float x, float y) {
    throw unused();
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    throw unused();
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw unused();
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    throw unused();
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp operation, int x, int y) {
    throw unused();
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform place) {
    throw unused();
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform place) {
    throw unused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color ground, ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, Color ground, ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(
      Image image,
      int toLeft,
      int toTop,
      int toRight,
      int toBottom,
      int left,
      int top,
      int right,
      int bottom,
      ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(
      Image image,
      int toLeft,
      int toTop,
      int toRight,
      int toBottom,
      int left,
      int top,
      int right,
      int bottom,
      Color ground,
      ImageObserver observer) {
    throw unused();
  }
}
