package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.checkpoint.ImageModel;
import dev.unmask.engine.checkpoint.ImageNoise;
import dev.unmask.engine.checkpoint.UNetConfig;
import dev.unmask.engine.denoiser.ImageNetwork;
import dev.unmask.engine.denoiser.ImageShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenoisingTaskTest {
  @TempDir private Path folder;
  private ImageGoal goal = ImageGoal.NOISE;
  private Path images;
  private Path labels;

  /** Four by four pixels, white on one side: two classes. */
  @BeforeEach
  void write() throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + 32).putInt(0x803).putInt(2).putInt(4).putInt(4);
    for (int i = 0; i < 32; i++) {
      pixels.put((byte) (i % 4 < 2 == i < 16 ? 255 : 0));
    }
    images = Files.write(folder.resolve("images"), pixels.array());
    labels =
        Files.write(
            folder.resolve("labels"),
            ByteBuffer.allocate(10).putInt(0x801).putInt(2).put((byte) 0).put((byte) 1).array());
  }

  @Test
  void theErrorOfThePredictedVelocityFalls() {
    AtomicReference<Progress> last = new AtomicReference<>();
    try (Trainer trainer = new Trainer(plan("falls", Optional.empty(), 150, 1e-2, 2))) {
      assertThat(trainer.data()).isEqualTo("2 images");
      trainer.run(last::set);
    }
    assertThat(last.get().loss()).isLessThan(0.6);
  }

  /** Of images of ±1, all black would have an error of 2 and all grey one of 1. */
  @Test
  void theErrorOfWhatWasMaskedFalls() {
    goal = ImageGoal.AUTOENCODER;
    AtomicReference<Progress> last = new AtomicReference<>();
    try (Trainer trainer = new Trainer(plan("masked", Optional.empty(), 100, 1e-2, 2))) {
      trainer.run(last::set);
    }
    assertThat(last.get().loss()).isLessThan(0.5);
    UNetConfig config = UNetConfig.read(folder.resolve("masked/model/config.json"));
    assertThat(config.noise()).isEqualTo(new ImageNoise.Masking());
    assertThat(config.shape().classes()).isZero();
  }

  @Test
  void aModelIsTheDenoiserThatItsTrainingLeft() {
    train(plan("seen", Optional.empty(), 150, 1e-2, 2));
    try (ImageModel model = ImageModel.open(folder.resolve("seen/model"), 1)) {
      ImageNetwork network = model.network();
      assertThat(network.shape()).isEqualTo(new ImageShape(1, 4, 4));
      assertThat(network.classes()).isEqualTo(2);
      // Of a grey image where noise prevails, the velocity is the class's image with a minus.
      float[] said = network.predict(new float[32], 500, new int[] {0, 1});
      assertThat(said[0]).isNegative().isLessThan(said[2] - 0.2f);
      assertThat(said[18]).isNegative().isLessThan(said[16] - 0.2f);
    }
  }

  @Test
  void weightsAreTheSameBytesOnOneThreadAndOnTwoAndTheModelIsReadBack() throws IOException {
    train(plan("one", Optional.empty(), 2, 1e-2, 1));
    train(plan("two", Optional.empty(), 2, 1e-2, 2));
    assertThat(Files.readAllBytes(folder.resolve("two/checkpoint.safetensors")))
        .isEqualTo(Files.readAllBytes(folder.resolve("one/checkpoint.safetensors")));
    Path model = folder.resolve("one/model");
    assertThat(UNetConfig.read(model.resolve("config.json")).shape().classes()).isEqualTo(2);
    train(plan("again", Optional.of(model), 1, 1e-12, 1));
    assertThat(folder.resolve("again/model/model.safetensors"))
        .hasSameBinaryContentAs(model.resolve("model.safetensors"));
  }

  private TrainingPlan plan(String name, Optional<Path> from, int steps, double rate, int threads) {
    return new TrainingPlan(
        new ImageSubject(goal, images, labels, 6, 32, 1, 32),
        folder.resolve(name),
        from,
        steps,
        rate,
        2,
        1,
        threads,
        Duration.ofHours(1));
  }

  private static void train(TrainingPlan plan) {
    try (Trainer trainer = new Trainer(plan)) {
      trainer.run(progress -> {});
    }
  }
}
