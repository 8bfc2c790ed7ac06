package dev.unmask.app.session;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The system's own program that shows files. AWT's {@code Desktop} would load another toolkit
 * beside JavaFX's, and shows no file in its folder on Linux; JavaFX's host services belong to an
 * {@code Application}, which this program is not.
 */
public record FileManager(List<String> command) {
  /** Opens the folder of a file, with the file selected where the system can do that. */
  public static FileManager at(Path file, String system) {
    Path place = file.toAbsolutePath().normalize();
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return new FileManager(List.of("explorer.exe", "/select," + place));
    }
    if (name.startsWith("mac")) {
      return new FileManager(List.of("open", "-R", place.toString()));
    }
    Path folder = Files.isDirectory(place) ? place : place.getParent();
    return new FileManager(List.of("xdg-open", folder.toString()));
  }

  /** Shows it, away from the thread that asks; what keeps it from that is told in a sentence. */
  public static void show(Path file, Consumer<String> problem) {
    Thread.ofVirtual().start(() -> at(file, System.getProperty("os.name")).start(file, problem));
  }

  private void start(Path file, Consumer<String> problem) {
    try {
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException _) {
      problem.accept(
          "There is no %s to show a folder with; open %s yourself."
              .formatted(command.getFirst(), file.toAbsolutePath().getParent()));
    }
  }
}
