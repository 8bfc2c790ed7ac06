package dev.unmask.app.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture on its way to another program. */
public final class PictureFile {
  private PictureFile() {}

  /**
   * Writes a PNG that is gone when the program ends.
   *
   * @throws dev.unmask.engine.InputException if it cannot be written
   */
  public static Path temporary(String name, BufferedImage picture) {
    try {
      Path folder = Files.createTempDirectory("unmask");
      Path file = folder.resolve(name + Format.PNG.ending());
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      Whole.write(file, out -> out.write(Png.still(Pixels.of(picture))));
      return file;
    } catch (IOException e) {
      throw Whole.cannotWrite(Path.of(name), e);
    }
  }
}
