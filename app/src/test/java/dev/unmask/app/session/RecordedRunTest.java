package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunTest {
  @TempDir Path folder;

  @Test
  void tellsWhatWouldMakeItAgainOnceItIsRead() {
    Path file = folder.resolve("story.trace.safetensors");
    TraceFile.write(file, HandMade.story());
    var run = new RecordedRun(file, SamplerPermission.NONE);
    assertThat(run.again()).isEmpty();
    run.read(Runnable::run);
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FINISHED);
    assertThat(run.again().orElseThrow().length())
        .isEqualTo(HandMade.story().header().tokens().length());
  }

  @Test
  void saysInASentenceWhyAFileCannotBeShown() {
    var run = new RecordedRun(folder.resolve("gone"), SamplerPermission.NONE);
    run.read(Runnable::run);
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FAILED);
    assertThat(run.progress().sentence()).contains("gone");
    assertThat(run.again()).isEmpty();
  }

  /** Mapped files are listed by this system alone. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void itsFileIsLetGoOnceAnotherIsShownAndNobodyReadsItAnyMore() throws IOException {
    Path first = folder.resolve("first.trace.safetensors");
    Path second = folder.resolve("second.trace.safetensors");
    TraceFile.write(first, HandMade.story());
    TraceFile.write(second, HandMade.story());
    var session = new Session(Starters.ofRecorded(), Runnable::run);
    session.open(first);
    session.pulse(0);
    History painted = session.frameProperty().get().orElseThrow().history();
    session.open(second);
    session.pulse(0);
    System.gc();
    assertThat(painted.trace().state(0).tokens()).isEqualTo(HandMade.story().state(0).tokens());
    assertThat(mapped(first)).isTrue();
    painted = null;
    for (int i = 0; i < 200 && mapped(first); i++) {
      System.gc();
    }
    assertThat(mapped(first)).isFalse();
    assertThat(mapped(second)).isTrue();
    assertThat(session.frameProperty().get().orElseThrow().trace().state(0).tokens()).isNotEmpty();
  }

  private static boolean mapped(Path file) throws IOException {
    return Files.readString(Path.of("/proc/self/maps")).contains(file.toString());
  }
}
