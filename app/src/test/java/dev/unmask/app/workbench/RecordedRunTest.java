package dev.unmask.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.engine.sampler.SamplerPermission;
import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunTest {
  @TempDir Path folder;

  @Test
  void tellsWhatWouldMakeItAgainOnceItIsRead() {
    Path file = folder.resolve("story.trace.safetensors");
    TraceFile.write(file, HandMade.story());
    var run = new RecordedRun(file, SamplerPermission.NONE);
    assertThat(run.again()).isEmpty();
    run.read();
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FINISHED);
    assertThat(run.again().orElseThrow().length()).isEqualTo(HandMade.story().header().length());
  }

  @Test
  void saysInASentenceWhyAFileCannotBeShown() {
    var run = new RecordedRun(folder.resolve("gone"), SamplerPermission.NONE);
    run.read();
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FAILED);
    assertThat(run.progress().sentence()).contains("gone");
    assertThat(run.again()).isEmpty();
  }
}
