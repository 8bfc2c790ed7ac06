package dev.unmask.engine.denoiser.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UNetDenoiserTest {
  /** Two images of two channels, four by eight pixels. */
  private static final UNetShape SHAPE = new UNetShape(4, 8, 2, 3, 5, 32, 1);

  private static final int PLANE = 4 * 8;

  @TempDir private Path folder;
  private final HostTensors ops = new HostTensors(1);
  private final UNetWeights weights = new UNetWeights(ops, SHAPE);
  private final float[] x = new float[2 * SHAPE.pixels()];
  private UNetDenoiser denoiser;

  @BeforeEach
  void load() {
    Random random = new Random(3);
    SequencedMap<Entry, Source> contents = new LinkedHashMap<>();
    for (Parameter parameter : weights.all()) {
      int rows = parameter.rows();
      float[] values = new float[rows * parameter.columns()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.columns()));
      }
      ops.write(parameter.weight(), 0, values);
      long[] shape =
          rows == 1 ? new long[] {parameter.columns()} : new long[] {rows, parameter.columns()};
      contents.put(new Entry(parameter.name(), ElementType.F32, shape), Source.of(values));
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(file, Map.of(), contents);
    denoiser = open(SHAPE, file);
  }

  private static UNetDenoiser open(UNetShape shape, Path file) {
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      return new UNetDenoiser(shape, Parameterization.NOISE, 1000, saved, new HostTensors(2));
    }
  }

  @AfterEach
  void close() {
    denoiser.close();
    ops.close();
  }

  @Test
  void itSaysWhatItsNetworkSaysPlaneByPlane() {
    float[] pixels = new float[SHAPE.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = x[SHAPE.pixels() + i % 2 * PLANE + i / 2];
    }
    float[] expected =
        ops.read(new UNet(ops, weights, 1).forward(pixels, new double[] {0.25}, new int[] {2}));
    float[] said = denoiser.predict(x, 250, new int[] {0, 2});
    for (int i = 0; i < pixels.length; i++) {
      assertThat(said[SHAPE.pixels() + i % 2 * PLANE + i / 2]).isEqualTo(expected[i]);
    }
  }

  @Test
  void anInterruptStopsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> denoiser.predict(x, 10, new int[] {1, 2}))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    UNetShape other = new UNetShape(4, 8, 2, 4, 5, 32, 1);
    assertThatThrownBy(() -> open(other, folder.resolve("model.safetensors")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(".0.gate_up is [")
        .hasMessageContaining("does not fit its config.json");
  }
}
