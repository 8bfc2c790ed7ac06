package dev.unmask.app.export;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a stretch of a trace in the format that the place's ending names. */
public final class Export {
  private static final int BATCH = 8;

  private final Clip clip;

  /**
   * What is to be exported.
   *
   * @param frame any frame of the trace, of the size and in the view wanted
   * @param to the last step, −1 for the trace's last
   * @param fps frames a second
   * @param hold seconds for which the first and the last frame stay longer
   * @throws InputException if the trace has no such steps, or a figure is out of range
   */
  public Export(
      Frame frame, Content content, Theme theme, int from, int to, double fps, double hold) {
    int last = to < 0 ? frame.recorded() : to;
    clip = new Clip(frame, new FramePainter(content), theme, from, last, fps, hold);
  }

  /**
   * Paints and writes, on all cores.
   *
   * @param out a folder, or a file that ends in .png (the last frame) or .apng
   * @param name what the files' names in a folder begin with
   * @param resume whether pictures that are in the folder already are kept
   * @return how many frames were exported
   */
  public int write(Path out, String name, boolean resume) {
    String file = out.getFileName() == null ? "" : out.getFileName().toString();
    int dot = file.lastIndexOf('.');
    return switch (dot <= 0 || Files.isDirectory(out) ? "" : file.substring(dot)) {
      case "" -> folder(out, name, resume);
      case ".png" -> {
        Whole.write(out, stream -> stream.write(Png.still(clip.picture(clip.to()))));
        yield 1;
      }
      case ".apng" -> {
        Whole.write(out, this::animation);
        yield clip.frames();
      }
      default ->
          throw new InputException(
              "%s ends in no format that is known; let it end in .png or .apng, or in nothing for a folder of pictures."
                  .formatted(out));
    };
  }

  private int folder(Path folder, String name, boolean resume) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Whole.cannotWrite(folder, e);
    }
    int digits = Math.max(4, Integer.toString(clip.frames()).length());
    String pattern = "%s_%0" + digits + "d.png";
    IntStream.rangeClosed(clip.from(), clip.to())
        .parallel()
        .forEach(
            step -> {
              Path file = folder.resolve(pattern.formatted(name, step - clip.from() + 1));
              if (!resume || !Files.exists(file)) {
                Whole.write(file, out -> out.write(Png.still(clip.picture(step))));
              }
            });
    return clip.frames();
  }

  private void animation(OutputStream out) throws IOException {
    var animation =
        new AnimatedPng(out, clip.frame().width(), clip.frame().height(), clip.frames());
    for (int first = clip.from(); first <= clip.to(); first += BATCH) {
      int next = Math.min(first + BATCH, clip.to() + 1);
      List<BufferedImage> pictures =
          IntStream.range(first, next).parallel().mapToObj(clip::picture).toList();
      for (int step = first; step < next; step++) {
        animation.add(pictures.get(step - first), clip.milliseconds(step));
      }
    }
    animation.finish();
  }
}
