package dev.unmask.app.workbench;

import java.nio.file.Path;
import java.time.LocalDateTime;

/**
 * The folder that is the window's own: its runs, and how it looked last.
 *
 * @param folder made when something is first kept in it
 */
public record Home(Path folder) {
  /** The user's: what the system property {@code unmask.home} names, else {@code ~/.unmask}. */
  public static Home ofUser() {
    String named = System.getProperty("unmask.home");
    return new Home(
        named == null ? Path.of(System.getProperty("user.home"), ".unmask") : Path.of(named));
  }

  RunFolder runs() {
    return new RunFolder(folder.resolve("runs"), LocalDateTime::now);
  }

  /** Where it is written what went wrong. */
  public Path log() {
    return folder.resolve("log");
  }

  Path windowState() {
    return folder.resolve("window.json");
  }
}
