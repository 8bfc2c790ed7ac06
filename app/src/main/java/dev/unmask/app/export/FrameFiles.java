package dev.unmask.app.export;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A trace's frames as numbered PNGs, one for the start and one a step. Each is written beside its
 * place and renamed, so that a file of such a name is always a whole one.
 *
 * @param folder made if it is missing
 * @param name what the files' names begin with
 */
public record FrameFiles(Path folder, String name, Theme theme) {
  /**
   * Paints and writes all frames, on all cores.
   *
   * @param frame any frame of the trace, of the size wanted
   * @return how many were written
   * @throws InputException if the folder cannot be written to
   */
  public int write(Frame frame) {
    ImageIO.setUseCache(false);
    int last = frame.trace().steps();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
    int digits = Math.max(4, Integer.toString(last + 1).length());
    IntStream.rangeClosed(0, last)
        .parallel()
        .forEach(
            step -> write(frame.at(step), ("%s_%0" + digits + "d.png").formatted(name, step + 1)));
    return last + 1;
  }

  private void write(Frame frame, String fileName) {
    BufferedImage picture = new FramePainter().picture(frame, theme);
    Path file = folder.resolve(fileName);
    Path beside = folder.resolve(fileName + ".writing");
    try {
      ImageIO.write(picture, "png", beside.toFile());
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static InputException cannotWrite(Path path, IOException e) {
    return new InputException(
        "%s cannot be written (%s); check that it is a folder with room.".formatted(path, e), e);
  }
}
