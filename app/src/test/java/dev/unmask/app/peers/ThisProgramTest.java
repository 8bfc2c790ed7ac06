package dev.unmask.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.peers.Contender.Session;
import dev.unmask.app.peers.Contender.Turn;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisProgramTest {
  private static final LladaArchitecture SHAPE =
      new LladaArchitecture(1, 32, 2, 2, 48, 20, 16, false, 10_000, 1e-5f);

  @TempDir private Path folder;

  @Test
  void aRunFillsInTheMasksBehindItsPrompt() {
    RandomLlada.write(folder, SHAPE, 1);
    PeerWork work = new PeerWork.Generation("small", folder, new int[] {3, 1, 4}, 16, 4);
    try (Session session = new ThisProgram().open(work, 1).orElseThrow()) {
      Turn turn = session.run(2);
      assertThat(turn.seconds()).isPositive();
      assertThat(session.result()).hasSize(16).startsWith(3, 1, 4);
      assertThat(session.multiplyAdds()).isPositive();
    }
  }

  @Test
  void trainingTellsTheLossAfterEachStep() {
    Works works = new Works(new ModelFolders(Path.of("../assets/models")), folder);
    PeerWork.Training made = (PeerWork.Training) works.named("training");
    PeerWork work =
        new PeerWork.Training("two steps", made.model(), made.inputs(), made.subject(), 2);
    try (Session session = new ThisProgram().open(work, 2).orElseThrow()) {
      assertThat(session.run(1).seconds()).isPositive();
      assertThat(session.result()).hasSize(2).doesNotContain(Float.NaN);
    }
  }
}
