package dev.unmask.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.peers.Contender.Session;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Another test with the profile peers than without. */
class OnnxPeerTest {
  private static final LladaArchitecture SHAPE =
      new LladaArchitecture(2, 32, 4, 2, 48, 20, 16, false, 10_000, 1e-5f);

  @TempDir private Path folder;

  static boolean isThere() {
    return OnnxPeerTest.class.getClassLoader().getResource("ai/onnxruntime/OrtSession.class")
        != null;
  }

  @Test
  @DisabledIf("isThere")
  void withoutTheProfileTheProfileIsNamed() {
    assertThatThrownBy(OnnxPeer::new)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "onnxruntime is not compared with, because it is not on the class path; build with mvn"
                + " -Ppeers package.");
  }

  @Test
  @EnabledIf("isThere")
  void itComputesWhatThisProgramComputes() {
    RandomLlada.write(folder, SHAPE, 1);
    PeerWork work = new PeerWork.Evaluation("small", folder, new int[] {3, 1, 4, 1, 5, 9, 2, 6});
    try (OnnxPeer peer = new OnnxPeer();
        Session ours = new ThisProgram().open(work, 1).orElseThrow();
        Session theirs = peer.open(work, 1).orElseThrow()) {
      ours.run(1);
      theirs.run(2);
      assertThat(Agreement.of(work, ours.result(), theirs.result()).alike()).isTrue();
      assertThat(theirs.result()).hasSize(8 * 20);
    }
  }
}
