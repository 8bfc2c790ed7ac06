package dev.unmask.app.peers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchPeerTest {
  @TempDir private Path folder;

  @Test
  void aPythonThatIsNotThereIsToldOf() {
    assertThatThrownBy(() -> new TorchPeer("no-python", Path.of("a.py"), folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("torch is not compared with, because no-python cannot be started")
        .hasMessageEndingWith("; name a Python that has torch with --python.");
  }

  /** As a Python without torch does: it says why, and ends. */
  @Test
  void whatEndsBeforeItAnswersIsToldOfWithItsLastWords() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThatThrownBy(() -> new TorchPeer(java, Path.of("NoSuchClass"), folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("torch is not compared with, because `" + java)
        .hasMessageContaining("ended with \"")
        .hasMessageContaining("NoSuchClass");
  }
}
