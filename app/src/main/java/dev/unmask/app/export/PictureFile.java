package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture on its way to another program. */
public final class PictureFile {
  private PictureFile() {}

  /**
   * Checks, before there is a picture, that it can be one of the kind that is written.
   *
   * @throws InputException if the file does not end in .png
   */
  public static void check(Path file) {
    if (!file.toString().endsWith(ExportFormat.PNG.ending())) {
      throw new InputException(
          "%s does not end in %s, which pictures are written as; end it so."
              .formatted(file, ExportFormat.PNG.ending()));
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
      Path file = folder.resolve(name + ExportFormat.PNG.ending());
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      write(file, picture);
      return file;
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(Path.of(name), e);
    }
  }
}
