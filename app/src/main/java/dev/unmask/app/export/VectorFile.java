package dev.unmask.app.export;

import dev.unmask.app.export.vector.VectorPicture;
import dev.unmask.engine.AtomicFile;
import java.util.Locale;
import java.util.function.Function;

/** A step as shapes and text: for a page of the web, or for paper. */
final class VectorFile extends FileFormat {
  private static final String DESCRIPTION =
      "shapes and text that can be searched, with the fonts it needs";

  /** To an inch. */
  private static final double UNITS = 96;

  static final ExportFormat SVG = new VectorFile(".svg", VectorPicture::svg);
  static final ExportFormat PDF = new VectorFile(".pdf", VectorPicture::pdf);

  private final Function<VectorPicture<?>, byte[]> writing;

  private VectorFile(String ending, Function<VectorPicture<?>, byte[]> writing) {
    super(ending, DESCRIPTION);
    this.writing = writing;
  }

  @Override
  public boolean still() {
    return true;
  }

  @Override
  String extent(PictureSize size) {
    return String.format(
        Locale.ROOT, "%.1f × %.1f inches", size.units() / UNITS, size.unitsHigh() / UNITS);
  }

  @Override
  void write(Export export, AtomicFile file, ExportProgress progress) {
    file.write(out -> out.write(writing.apply(export.vector())));
  }
}
