package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.ImageSamplers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the bundled images, and with small sets that are broken. */
class ImageFolderTest {
  private static final Path IMAGES = Path.of("..", "assets", "models", "images");

  @TempDir private Path folder;

  @Test
  void samplesNothingButTheKnownImagesOfTheClass() {
    try (ImageFolder emoji = ImageFolder.open(IMAGES.resolve("emoji"), 1)) {
      ImageSet set = emoji.known().orElseThrow();
      int hearts = set.classes().indexOf("hearts");
      var plan = new RunPlan<>(ImageSamplers.named("ddim"), Map.of(), 5);
      var start = new Start.Images(List.of(hearts));
      ImageRun run = ImageRun.start(RunModel.of(emoji), start, plan);
      while (!run.finished()) {
        run.step();
      }
      float[] x = run.trace().state(run.trace().steps()).x();
      int nearest = nearest(set.images(), x);
      assertThat(distance(set.images()[nearest], x)).isLessThan(1e-3);
      assertThat(set.labels().get(nearest)).isEqualTo(hearts);
    }
  }

  @Test
  void opensTrainedNetworksToo() {
    for (String name : List.of("fashion", "fashion-autoencoder")) {
      try (ImageFolder model = ImageFolder.open(IMAGES.resolve(name), 1)) {
        assertThat(model.name()).isEqualTo(name);
        assertThat(model.known()).isEmpty();
        assertThat(model.denoiser().shape().values()).isEqualTo(784);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"classes\":[\"a\"],\"labels\":[0,1],\"names\":[\"x\",\"y\"]'|its label 1 is none of 1",
        "'\"classes\":[\"a\"],\"labels\":[0],\"names\":[\"x\",\"y\"]'|2 names and 1 labels",
        "'\"classes\":[\"a\",\"b\"],\"labels\":[0,0],\"names\":[\"x\",\"y\"]'|a class of no image",
        "'\"classes\":[\"a\"],\"labels\":[0],\"names\":[\"x\"]'|where its config.json needs",
        "'\"classes\":[],\"labels\":[],\"names\":[]'|0 names",
      })
  void namesWhatIsWrongWithASet(String fields, String words) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\":\"exact-images\",\"height\":2,\"width\":2,\"channels\":1,%s}"
            .formatted(fields));
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(
        new Entry("images", ElementType.U8, 2, 1, 2, 2), Source.of(new Values.U8(new byte[8])));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of(), tensors);
    assertThatThrownBy(() -> ImageFolder.open(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  private static int nearest(float[][] images, float[] x) {
    int nearest = 0;
    for (int i = 1; i < images.length; i++) {
      nearest = distance(images[i], x) < distance(images[nearest], x) ? i : nearest;
    }
    return nearest;
  }

  private static double distance(float[] image, float[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (image[i] - x[i]) * (image[i] - x[i]);
    }
    return sum / x.length;
  }
}
