package dev.unmask.app.session;

import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder that the window's runs are recorded in; nothing in it is ever overwritten.
 *
 * @param clock what time it is
 */
public record RunFolder(Path folder, Supplier<LocalDateTime> clock) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HHmmss");

  /** A new name for a run of tokens. */
  public Path next(Beginning beginning) {
    return next(beginning.words());
  }

  /**
   * A name that no run has, not even one that goes on: when it was started, and its words.
   *
   * @param words to tell it by
   */
  public Path next(String words) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          "The folder %s for runs cannot be made (%s); check its permissions."
              .formatted(folder, e.getMessage()),
          e);
    }
    String stem = "%s %s".formatted(TIME.format(clock.get()), named(words));
    Path file = folder.resolve(stem + TraceFile.EXTENSION);
    for (int number = 2; isTaken(file); number++) {
      file = folder.resolve(stem + " " + number + TraceFile.EXTENSION);
    }
    return file;
  }

  private static boolean isTaken(Path file) {
    return Files.exists(file) || Files.exists(TraceRecorder.partOf(file));
  }

  /** Of a sampler in a file, the file's name; and nothing that a file system might refuse. */
  private static String named(String words) {
    String last = words.substring(Math.max(words.lastIndexOf('/'), words.lastIndexOf('\\')) + 1);
    return last.replaceAll("[:*?\"<>|\\p{Cntrl}]", "-");
  }

  /**
   * A run that was taken away.
   *
   * @param file where it was
   * @param aside where it is now; empty for one that is still where it was
   */
  public record Removal(Path file, Optional<Path> aside) {
    /** Puts it back. */
    void undo() {
      aside.ifPresent(kept -> move(kept, file));
    }
  }

  /** Takes a run away, to a folder where it is kept; a file from elsewhere stays where it is. */
  Removal remove(Path file) {
    if (!file.toAbsolutePath().startsWith(folder.toAbsolutePath())) {
      return new Removal(file, Optional.empty());
    }
    Path aside = folder.resolve("removed").resolve(file.getFileName());
    for (int number = 2; Files.exists(aside); number++) {
      aside = folder.resolve("removed").resolve(number + " " + file.getFileName());
    }
    move(file, aside);
    return new Removal(file, Optional.of(aside));
  }

  /** With its bookmarks. */
  private static void move(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.move(from, to);
      Path marks = Bookmarks.beside(from);
      if (Files.exists(marks)) {
        Files.move(marks, Bookmarks.beside(to));
      }
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be moved to %s (%s); check its permissions."
              .formatted(from, to.getParent(), e.getMessage()),
          e);
    }
  }

  /** The runs that were recorded last, also those that were stopped; the latest first. */
  public List<Path> latest(int most) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(RunFolder::isTrace)
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .limit(most)
          .toList();
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(folder, e.getMessage()), e);
    }
  }

  /** Whether a file is named like a trace, or like one whose run was stopped. */
  static boolean isTrace(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(TraceFile.EXTENSION) || name.endsWith(TraceFile.EXTENSION + ".part");
  }
}
