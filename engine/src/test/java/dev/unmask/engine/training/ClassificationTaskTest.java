package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.checkpoint.ClassifierModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationTaskTest {
  @TempDir private Path folder;

  @Test
  void itLearnsWhichSideIsWhiteAndIsReadBack() throws IOException {
    AtomicReference<Progress> last = new AtomicReference<>();
    try (Trainer trainer = new Trainer(plan())) {
      trainer.run(last::set);
    }
    assertThat(last.get().loss()).isLessThan(0.5);
    try (ClassifierModel model = ClassifierModel.open(folder.resolve("out/model"), 2, 1)) {
      float[][] logits =
          model.classifier().logits(LabelledImages.read(images(), labels()).first(2));
      assertThat(logits[0][0]).isGreaterThan(logits[0][1] + 2);
      assertThat(logits[1][1]).isGreaterThan(logits[1][0] + 2);
    }
  }

  private TrainingPlan plan() throws IOException {
    return new TrainingPlan(
        new ImageSubject(ImageGoal.CLASSES, images(), labels(), 6, 32, 1, 8),
        folder.resolve("out"),
        Optional.empty(),
        60,
        1e-2,
        2,
        1,
        2,
        Duration.ofHours(1));
  }

  private Path images() throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + 32).putInt(0x803).putInt(2).putInt(4).putInt(4);
    for (int i = 0; i < 32; i++) {
      pixels.put((byte) (i % 4 < 2 == i < 16 ? 255 : 0));
    }
    return Files.write(folder.resolve("images"), pixels.array());
  }

  private Path labels() throws IOException {
    return Files.write(
        folder.resolve("labels"),
        ByteBuffer.allocate(10).putInt(0x801).putInt(2).put((byte) 0).put((byte) 1).array());
  }
}
