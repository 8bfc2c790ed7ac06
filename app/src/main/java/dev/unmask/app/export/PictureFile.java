package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PNG with one picture: an export of one step, or a picture on its way to another program. */
public final class PictureFile extends FileFormat {
  static final ExportFormat FORMAT = new PictureFile();

  private PictureFile() {
    super(".png", "a picture");
  }

  @Override
  public boolean still() {
    return true;
  }

  @Override
  void write(Export export, AtomicFile file, ExportProgress progress) {
    file.write(out -> out.write(Png.still(export.last())));
  }

  /**
   * Checks, before there is a picture, that it can be one of the kind that is written.
   *
   * @throws InputException if the file does not end in .png
   */
  public static void check(Path file) {
    if (!file.toString().endsWith(FORMAT.ending())) {
      throw new InputException(
          "%s does not end in %s, which pictures are written as; end it so."
              .formatted(file, FORMAT.ending()));
    }
  }

  /**
   * Writes a PNG.
   *
   * @throws InputException if it cannot be written
   */
  public static void write(Path file, BufferedImage picture) {
    AtomicFile.write(file, out -> out.write(Png.still(Picture.of(picture))));
  }

  /**
   * Writes a PNG that is gone when the program ends.
   *
   * @throws InputException if it cannot be written
   */
  public static Path temporary(String name, BufferedImage picture) {
    try {
      Path folder = Files.createTempDirectory("unmask");
      Path file = folder.resolve(name + FORMAT.ending());
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      write(file, picture);
      return file;
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(Path.of(name), e);
    }
  }
}
