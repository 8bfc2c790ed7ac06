package dev.unmask.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.OtherJvm;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.session.Breakpoints;
import dev.unmask.app.session.Home;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole window, in a program of its own. */
@Timeout(120)
class WorkbenchTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  @TempDir private Path folder;

  /** Opens the window on a trace and a home, sets a breakpoint, and says so. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws InterruptedException {
      JAVAFX.setLevel(Level.SEVERE);
      var models = new ModelFolders(Path.of(args[1]).resolve("models"));
      new Workbench(models, new Home(Path.of(args[1])), RunRequest.EXAMPLE)
          .show((session, _) -> begin(session, Path.of(args[0])), false, _ -> {});
    }

    private static void begin(Session session, Path trace) {
      session
          .frameProperty()
          .subscribe(
              frame -> {
                if (frame.isPresent() && session.debugger().breakpoints().items().isEmpty()) {
                  session.debugger().breakpoints().add("commit where step > 3");
                  // Behind the opening of the window, which may be at work on this thread.
                  Platform.runLater(() -> System.out.println("shown"));
                }
              });
      session.open(trace);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a program there can only be killed")
  void whatTheWindowKeepsIsKeptWhenTheProgramIsToldToEnd()
      throws IOException, InterruptedException {
    Path trace = folder.resolve("story.trace.safetensors");
    TraceFile.write(trace, HandMade.story());
    Path home = Files.createDirectory(folder.resolve("home"));
    Process window = OtherJvm.start(Program.class, trace, home);
    try (var said = window.inputReader()) {
      assertThat(said.readLine()).isEqualTo("shown");
      assertThat(home.resolve("window.json")).doesNotExist();
      window.destroy();
      window.waitFor();
    } finally {
      window.destroyForcibly();
    }
    WindowState kept = WindowState.read(home.resolve("window.json"), System.err::println);
    assertThat(kept.toured()).isTrue();
    assertThat(kept.breakpoints())
        .extracting(Breakpoints.Kept::text)
        .containsExactly("commit where step > 3");
  }
}
