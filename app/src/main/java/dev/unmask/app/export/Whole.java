package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** Writes a file at a place. */
  @FunctionalInterface
  interface Maker {
    void make(Path place) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @throws InputException if it cannot be written; then nothing is left of it
   */
  static void write(Path file, Content content) {
    make(
        file,
        beside -> {
          try (var out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16)) {
            content.write(out);
          }
        });
  }

  /**
   * Has a file written by something that needs its place.
   *
   * @throws InputException if it cannot be written; then nothing is left of it
   */
  static void make(Path file, Maker maker) {
    Path beside = file.resolveSibling(file.getFileName() + ".writing");
    boolean made = false;
    try {
      if (!Files.isDirectory(beside.toAbsolutePath().getParent())) {
        throw new NoSuchFileException(file.toString());
      }
      maker.make(beside);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      made = true;
    } catch (IOException e) {
      throw cannotWrite(file, e);
    } finally {
      if (!made) {
        remove(beside);
      }
    }
  }

  private static void remove(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      throw cannotWrite(beside, e);
    }
  }

  /** Says why a file cannot be written, and what to do. */
  static InputException cannotWrite(Path path, IOException e) {
    String why =
        switch (e) {
          case NoSuchFileException _ -> "its folder is not there; make it, or choose another place";
          case AccessDeniedException _ -> "that is not allowed; choose a place of your own";
          default -> e.getMessage() + "; make room there, or choose another place";
        };
    return new InputException("%s cannot be written: %s.".formatted(path, why), e);
  }
}
