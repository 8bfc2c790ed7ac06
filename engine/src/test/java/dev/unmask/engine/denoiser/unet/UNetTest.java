package dev.unmask.engine.denoiser.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UNetTest {
  private static final UNetShape SHAPE = new UNetShape(8, 4, 2, 3, 5, 32, 2);
  private static final int IMAGES = 2;
  private static final double[] TIMES = {0.25, 0.875};

  private final HostTensors ops = new HostTensors(2);
  private final UNetWeights weights = new UNetWeights(ops, SHAPE);
  private final UNet net = new UNet(ops, weights, IMAGES);
  private final float[] x = new float[IMAGES * SHAPE.pixels()];
  private final float[] slope = new float[x.length];

  @BeforeEach
  void fill() {
    Random random = new Random(5);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
      slope[i] = (float) random.nextGaussian();
    }
    for (Parameter parameter : weights.all()) {
      float[] values = new float[parameter.rows() * parameter.columns()];
      for (int i = 0; i < values.length; i++) {
        double spread = 0.7 / Math.sqrt(parameter.columns());
        values[i] =
            (float)
                (parameter.isGain() ? 0.5 + random.nextDouble() : random.nextGaussian() * spread);
      }
      ops.write(parameter.weight(), 0, values);
    }
  }

  @AfterEach
  void close() {
    ops.close();
  }

  @Test
  void gradientsAreSlopesOfWhatItSays() {
    Tape tape = new Tape(ops, weights.all());
    tape.loss(new UNet(tape, weights, IMAGES).forward(x, TIMES, new int[] {0, 3}), slope);
    tape.backward();
    Random which = new Random(1);
    for (Parameter parameter : weights.all()) {
      for (int trial = 0; trial < 4; trial++) {
        int row = which.nextInt(parameter.rows());
        int column = which.nextInt(parameter.columns());
        float[] gradient = new float[parameter.columns()];
        ops.read(parameter.gradient(), row, gradient);
        double expected = slopeBy(parameter, row, column);
        assertThat((double) gradient[column])
            .as("%s[%d, %d]", parameter.name(), row, column)
            .isCloseTo(expected, within(2e-2 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  private double slopeBy(Parameter parameter, int row, int column) {
    float h = 1e-2f;
    float[] values = new float[parameter.columns()];
    ops.read(parameter.weight(), row, values);
    float middle = values[column];
    values[column] = middle + h;
    ops.write(parameter.weight(), row, values);
    double above = weighted();
    values[column] = middle - h;
    ops.write(parameter.weight(), row, values);
    double below = weighted();
    values[column] = middle;
    ops.write(parameter.weight(), row, values);
    return (above - below) / (2 * h);
  }

  private float[] said(double[] times, int... labels) {
    return ops.read(net.forward(x, times, labels));
  }

  private double weighted() {
    float[] out = said(TIMES, 0, 3);
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum += (double) out[i] * slope[i];
    }
    return sum;
  }

  @Test
  void everyImageIsSeenByItself() {
    float[] both = said(TIMES, 0, 3);
    Arrays.fill(x, SHAPE.pixels(), x.length, 0.5f);
    float[] changed = said(TIMES, 0, 3);
    for (int i = 0; i < SHAPE.pixels(); i++) {
      assertThat(changed[i]).isEqualTo(both[i]);
    }
    assertThat(changed[SHAPE.pixels()]).isNotEqualTo(both[SHAPE.pixels()]);
  }

  @Test
  void theTimeAndTheClassMatter() {
    float[] first = said(TIMES, 0, 3);
    assertThat(said(new double[] {0.26, 0.875}, 0, 3)[0]).isNotEqualTo(first[0]);
    assertThat(said(TIMES, 1, 3)[0]).isNotEqualTo(first[0]);
  }

  /** Each value put out depends on the corners of its image, through the coarse level. */
  @Test
  void everyPixelSeesTheWholeImage() {
    float[] before = said(TIMES, 0, 3);
    x[0] += 1;
    float[] after = said(TIMES, 0, 3);
    assertThat(after[SHAPE.pixels() - 1]).isNotEqualTo(before[SHAPE.pixels() - 1]);
  }
}
