package dev.unmask.engine.denoiser.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private static final UNetShape SHAPE = new UNetShape(8, 4, 1, 3, 5, 32, 1);
  private static final int[] LABELS = {2, 0};

  private final HostTensors ops = new HostTensors(2);
  private final ClassifierWeights weights = new ClassifierWeights(ops, SHAPE);
  private final Classifier classifier = new Classifier(ops, weights, 2);
  private final float[] x = new float[2 * SHAPE.pixels()];

  @BeforeEach
  void fill() {
    Random random = new Random(5);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    for (Parameter parameter : weights.all()) {
      float[] values = new float[parameter.rows() * parameter.columns()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.columns()));
      }
      ops.write(parameter.weight(), 0, values);
    }
  }

  @AfterEach
  void close() {
    ops.close();
  }

  @Test
  void gradientsAreSlopesOfTheLoss() {
    loss();
    for (Parameter parameter : weights.all()) {
      int row = parameter.rows() / 2;
      float[] gradient = new float[parameter.columns()];
      ops.read(parameter.gradient(), row, gradient);
      double expected = slopeBy(parameter, row, parameter.columns() / 3);
      assertThat((double) gradient[parameter.columns() / 3])
          .as(parameter.name())
          .isCloseTo(expected, within(5e-3 * Math.max(0.2, Math.abs(expected))));
    }
  }

  private double slopeBy(Parameter parameter, int row, int column) {
    float h = 2e-2f;
    float[] values = new float[parameter.columns()];
    ops.read(parameter.weight(), row, values);
    float middle = values[column];
    values[column] = middle + h;
    ops.write(parameter.weight(), row, values);
    double above = lossOfLogits();
    values[column] = middle - h;
    ops.write(parameter.weight(), row, values);
    double below = lossOfLogits();
    values[column] = middle;
    ops.write(parameter.weight(), row, values);
    return (above - below) / (2 * h);
  }

  @Test
  void theLossIsThatOfItsLogits() {
    double expected = lossOfLogits();
    assertThat(loss()).isCloseTo(expected, within(1e-5));
  }

  /** As training has it. */
  private double loss() {
    Tape tape = new Tape(ops, weights.all());
    double loss = tape.crossEntropy(new Classifier(tape, weights, 2).forward(x), LABELS);
    tape.backward();
    return loss;
  }

  private double lossOfLogits() {
    double loss = 0;
    float[][] logits = classifier.logits(x);
    for (int i = 0; i < LABELS.length; i++) {
      double sum = 0;
      for (float logit : logits[i]) {
        sum += Math.exp(logit);
      }
      loss += (Math.log(sum) - logits[i][LABELS[i]]) / LABELS.length;
    }
    return loss;
  }

  @Test
  void featuresAreAnImagesOwn() {
    float[] first = classifier.features(x)[0];
    x[SHAPE.pixels()] += 1;
    assertThat(classifier.features(x)[0]).isEqualTo(first).hasSize(32);
    x[0] += 1;
    assertThat(classifier.features(x)[0]).isNotEqualTo(first);
  }
}
