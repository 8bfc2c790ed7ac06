package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How large an export will be, told from a few of its pictures: those in the middle, the first of
 * them whole and the others as what they change. They are written as the export would be, to a
 * folder that is deleted.
 */
final class SizeEstimate {
  /** Pictures that are written to see what one more costs. */
  private static final int MORE = 4;

  private SizeEstimate() {}

  /**
   * In bytes.
   *
   * @throws InputException if such an export cannot be made
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  static long bytes(ExportSubject<?> subject, ExportFormat format) {
    Clip whole = Clip.of(subject.settings(), subject.recorded());
    if (format.still()) {
      return written(subject, whole.still(), format);
    }
    int pictures = whole.shots().size();
    if (pictures <= 1 + MORE) {
      return written(subject, whole, format);
    }
    int middle = (pictures - MORE) / 2;
    Clip one = whole.part(middle, middle + 1);
    Clip more = whole.part(middle, middle + 1 + MORE);
    long first = written(subject, one, format);
    double each =
        (double) (written(subject, more, format) - first)
            / (format.pictures(more) - format.pictures(one));
    return first + Math.round(each * (format.pictures(whole) - format.pictures(one)));
  }

  private static long written(ExportSubject<?> subject, Clip clip, ExportFormat format) {
    try {
      Path folder = Files.createTempDirectory("unmask-estimate");
      try {
        // On one thread: what is waited for goes first.
        new Export(subject, new TraceSource("a", ""), new Pipeline(1), clip)
            .write(folder.resolve("a" + format.ending()), false, ExportProgress.NONE);
        return size(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(Path.of("the estimate"), e);
    }
  }

  /** Of all files but what stands beside the export. */
  private static long size(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      if (Files.isRegularFile(file) && !file.toString().endsWith(ExportSettings.EXTENSION)) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void delete(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.delete(file);
    }
  }

  /** What is in a folder, and last the folder itself. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** For people: it is no more than an estimate. */
  static String words(long bytes) {
    if (bytes < 1_000_000) {
      return "about %d kB".formatted(Math.max(1, Math.round(bytes / 1e3)));
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "about %.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "about %.1f GB", bytes / 1e9);
  }
}
