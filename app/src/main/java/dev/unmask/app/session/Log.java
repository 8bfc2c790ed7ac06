package dev.unmask.app.session;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What went wrong, for those who mend it: a file that begins when there is something to say. When
 * it is full the one before it is forgotten. Several processes may write to it.
 */
public final class Log extends Handler {
  /** When it is full, in bytes. */
  public static final long FULL = 1 << 20;

  /**
   * What is said again within this time is not written again: a window is drawn 60 times a second.
   */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger ALL = Logger.getLogger("");

  private static volatile Optional<Log> current = Optional.empty();

  private final Supplier<Path> folder;
  private String last = "";
  private Instant lastAt = Instant.MIN;

  private Log(Supplier<Path> folder) {
    this.folder = folder;
    setLevel(Level.WARNING);
  }

  /**
   * From now on the whole program's warnings and faults go there, and no longer to the terminal.
   *
   * @param folder made when something is first written; asked for no earlier
   */
  public static void keepIn(Supplier<Path> folder) {
    for (Handler handler : ALL.getHandlers()) {
      ALL.removeHandler(handler);
    }
    var log = new Log(folder);
    ALL.addHandler(log);
    current = Optional.of(log);
  }

  /** Where it is; empty where none is kept. */
  static Optional<Path> file() {
    return current.map(log -> file(log.folder.get()));
  }

  private static Path file(Path folder) {
    return folder.resolve("unmask.log");
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    String said = text(entry);
    boolean again = said.equals(last) && entry.getInstant().isBefore(lastAt.plus(AGAIN));
    if (again) {
      return;
    }
    last = said;
    lastAt = entry.getInstant();
    try {
      write(file(folder.get()), entry.getInstant() + " " + said);
    } catch (Exception e) {
      reportError("the log cannot be written", e, ErrorManager.WRITE_FAILURE);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file) && Files.size(file) > FULL) {
      Path older = file.resolveSibling("unmask.1.log");
      Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String text(LogRecord entry) {
    var text = new StringWriter();
    var out = new PrintWriter(text);
    out.printf(
        "%s [%s] %s: %s%n",
        entry.getLevel(),
        Thread.currentThread().getName(),
        entry.getLoggerName(),
        entry.getMessage());
    if (entry.getThrown() != null) {
      entry.getThrown().printStackTrace(out);
    }
    out.flush();
    return text.toString();
  }

  /** Nothing waits to be written. */
  @Override
  public void flush() {}

  /** The file is open only while something is written. */
  @Override
  public void close() {}
}
