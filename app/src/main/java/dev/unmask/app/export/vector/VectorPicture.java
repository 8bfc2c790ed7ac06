package dev.unmask.app.export.vector;

import dev.unmask.app.ink.InkGraphics;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Paintable;
import dev.unmask.app.theme.Theme;
import java.nio.charset.StandardCharsets;

/**
 * A frame as a document of shapes and text. A unit of the painters is 1/96 inch.
 *
 * @param title that programs show with the document
 */
public record VectorPicture<P extends Paintable<P>>(
    Drawing<P> painter, P frame, Theme theme, String title) {
  private static final double POINTS = 72.0 / 96;

  /** As SVG. */
  public byte[] svg() {
    var ink = new SvgInk();
    painter.paint(new InkGraphics(ink), frame, theme);
    String document = ink.document(frame.width(), frame.height(), title);
    return document.getBytes(StandardCharsets.UTF_8);
  }

  /** As PDF. */
  public byte[] pdf() {
    var ink = new PdfInk();
    painter.paint(new InkGraphics(ink), frame, theme);
    return PdfDocument.of(ink, frame.width(), frame.height(), POINTS, title);
  }
}
