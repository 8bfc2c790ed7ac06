package dev.unmask.app.session;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder that is the program's own: its runs, how the window looked last, and which samplers
 * were allowed.
 *
 * @param folder made when something is first kept in it
 */
public record Home(Path folder) {
  /** Names it where the command line does not. */
  public static final String VARIABLE = "UNMASK_HOME";

  /**
   * The user's: the folder that was asked for, else the one that {@value #VARIABLE} names, else
   * {@code ~/.unmask}.
   *
   * @param environment variables by name
   */
  public static Home of(Optional<Path> asked, Map<String, String> environment) {
    Optional<Path> named =
        Stream.ofNullable(environment.get(VARIABLE))
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .findFirst();
    return new Home(
        asked.or(() -> named).orElse(Path.of(System.getProperty("user.home"), ".unmask")));
  }

  public RunFolder runs() {
    return new RunFolder(folder.resolve("runs"), LocalDateTime::now);
  }

  /** Where it is written what went wrong. */
  public Path log() {
    return folder.resolve("log");
  }

  public Path windowState() {
    return folder.resolve("window.json");
  }

  /**
   * The samplers that were allowed.
   *
   * @param told is given a sentence where what was kept of them makes no sense
   */
  public AllowedSamplers samplers(Consumer<String> told) {
    return new AllowedSamplers(folder.resolve("samplers.json"), told);
  }
}
