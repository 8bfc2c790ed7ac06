package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are complete or absent: written beside their place and renamed. */
final class Whole {
  private Whole() {}

  /** Writes something to a stream. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @throws InputException if it cannot be written; then nothing is left of it
   */
  static void write(Path file, Content content) {
    Path beside = file.resolveSibling(file.getFileName() + ".writing");
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        content.write(out);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw cannotWrite(file, e);
    }
  }

  static InputException cannotWrite(Path path, IOException e) {
    return new InputException(
        "%s cannot be written (%s); check that its folder is there and has room."
            .formatted(path, e),
        e);
  }
}
