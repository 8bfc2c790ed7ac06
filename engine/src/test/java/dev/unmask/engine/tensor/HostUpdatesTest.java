package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.tensor.HostUpdates.Adaptive;
import dev.unmask.engine.tensor.HostUpdates.Orthogonal;
import dev.unmask.engine.tensor.HostUpdates.Size;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostUpdatesTest {
  private final HostTensors ops = new HostTensors(2);
  private final HostUpdates updates = new HostUpdates(ops);

  @AfterEach
  void close() {
    ops.close();
  }

  @Test
  void firstAdamWStepIsTheRateAgainstTheGradientsSignAfterDecay() {
    Tensor weight = tensor(1, 3, 2, 2, 2);
    Tensor gradient = tensor(1, 3, 0.5f, -8, 0.001f);
    updates.adamW(
        new Adaptive(weight, gradient, ops.allocate(1, 3), ops.allocate(1, 3)),
        1,
        new Size(0.1f, 0.5f, 1));
    assertThat(row(weight, 0)).containsExactly(new float[] {1.8f, 2, 1.8f}, within(1e-4f));
  }

  @Test
  void secondAdamWStepFollowsTheRunningMeans() {
    Tensor weight = tensor(1, 1, 0);
    Tensor mean = ops.allocate(1, 1);
    Tensor square = ops.allocate(1, 1);
    Size size = new Size(1, 0, 1);
    updates.adamW(new Adaptive(weight, tensor(1, 1, 1), mean, square), 1, size);
    updates.adamW(new Adaptive(weight, tensor(1, 1, 3), mean, square), 2, size);
    double m = (0.9 * 0.1 + 0.1 * 3) / (1 - 0.81);
    double v = (0.98 * 0.02 + 0.02 * 9) / (1 - 0.98 * 0.98);
    assertThat(row(weight, 0)[0]).isCloseTo((float) (-1 - m / Math.sqrt(v)), within(1e-4f));
  }

  @Test
  void muonStepsByANearlyOrthogonalMatrixAsLongAsItsLargerSideAsks() {
    Tensor weight = muonStep(20, 35, random(20, 35), 1);
    float scale = 0.2f * (float) Math.sqrt(35);
    for (int i = 0; i < 20; i++) {
      assertThat(norm(row(weight, i)) / scale).as("row %d", i).isBetween(0.6, 1.3);
    }
  }

  @Test
  void muonOfATallMatrixIsThatOfTheWideOneTransposed() {
    float[] wide = random(12, 30);
    float[] tall = new float[wide.length];
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 30; j++) {
        tall[j * 12 + i] = wide[i * 30 + j];
      }
    }
    Tensor wideStep = muonStep(12, 30, wide, 1);
    Tensor tallStep = muonStep(30, 12, tall, 1);
    for (int j = 0; j < 30; j++) {
      for (int i = 0; i < 12; i++) {
        assertThat(row(tallStep, j)[i]).isCloseTo(row(wideStep, i)[j], within(1e-3f));
      }
    }
  }

  @Test
  void muonTakesThePartsOfAFusedMatrixOneByOne() {
    float[] upper = random(10, 16);
    float[] both = new float[2 * upper.length];
    System.arraycopy(upper, 0, both, 0, upper.length);
    for (int i = 0; i < upper.length; i++) {
      both[upper.length + i] = -5 * upper[i];
    }
    Tensor alone = muonStep(10, 16, upper, 1);
    Tensor fused = muonStep(20, 16, both, 2);
    for (int i = 0; i < 10; i++) {
      assertThat(row(fused, i)).containsExactly(row(alone, i), within(1e-5f));
      assertThat(row(fused, 10 + i)[3]).isCloseTo(-row(alone, i)[3], within(1e-3f));
    }
  }

  /** The weight after a step of rate 1 against a gradient, from 0. */
  private Tensor muonStep(int rows, int columns, float[] gradient, int parts) {
    Tensor weight = ops.allocate(rows, columns);
    Tensor slope = tensor(rows, columns, gradient);
    Orthogonal matrix = new Orthogonal(weight, slope, ops.allocate(rows, columns), parts);
    updates.muon(List.of(matrix), new Size(1, 0, 1));
    return weight;
  }

  private Tensor tensor(int rows, int columns, float... values) {
    Tensor tensor = ops.allocate(rows, columns);
    ops.write(tensor, 0, values);
    return tensor;
  }

  private float[] row(Tensor tensor, int row) {
    float[] values = new float[tensor.columns()];
    ops.read(tensor, row, values);
    return values;
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static float[] random(int rows, int columns) {
    Random random = new Random(5);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
