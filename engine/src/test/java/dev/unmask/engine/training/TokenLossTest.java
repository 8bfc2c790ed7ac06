package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.LladaWeights;
import dev.unmask.engine.denoiser.transformer.RoundingError;
import dev.unmask.engine.tensor.AttentionMask;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenLossTest {
  private static final int WINDOWS = 2;
  private static final int LENGTH = 5;

  /** Widths that fill no vector register evenly, fewer key heads and a free head, and a time. */
  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(
            new LladaArchitecture(2, 12, 2, 2, 19, 23, LENGTH, true, 10_000, 1e-5f),
            AttentionPattern.all(LENGTH)),
        Arguments.of(
            new LladaArchitecture(1, 24, 4, 2, 33, 17, LENGTH, false, 500, 1e-5f),
            AttentionPattern.before(LENGTH)));
  }

  /** Three slots that see each other, and two that the last of these sees too. */
  private static AttentionMask blocks() {
    return AttentionMask.of(LENGTH, (query, key) -> query / 3 == key / 3 || query == 2);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void lossEqualsThatOfAPlainNetworkInDouble(LladaArchitecture shape, AttentionPattern pattern) {
    try (Fixture fixture = new Fixture(shape, pattern)) {
      double expected = fixture.plain().loss(fixture.batch);
      double error = RoundingError.ofLoss(shape, LENGTH) * expected;
      assertThat(fixture.loss()).isCloseTo(expected, within(error));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientOfEveryWeightIsTheSlopeOfTheLoss(LladaArchitecture shape, AttentionPattern pattern) {
    double h = 1e-5;
    try (Fixture fixture = new Fixture(shape, pattern)) {
      fixture.loss();
      fixture.tape.backward();
      for (int p = 0; p < fixture.values.length; p++) {
        Parameter parameter = fixture.parameters.get(p);
        float[] gradient = Fixture.read(fixture.ops, parameter);
        double largest =
            IntStream.range(0, gradient.length)
                .mapToDouble(i -> Math.abs(gradient[i]))
                .max()
                .orElseThrow();
        double error = RoundingError.ofGradient(shape, LENGTH, WINDOWS * LENGTH) * largest;
        for (int i = 0; i < gradient.length; i++) {
          double value = fixture.values[p][i];
          fixture.values[p][i] = value + h;
          double above = fixture.plain().loss(fixture.batch);
          fixture.values[p][i] = value - h;
          double below = fixture.plain().loss(fixture.batch);
          fixture.values[p][i] = value;
          assertThat((double) gradient[i])
              .as("%s[%d]", parameter.name(), i)
              .isCloseTo((above - below) / (2 * h), within(error));
        }
      }
    }
  }

  /** A network with large random weights, and a batch for it. */
  private static final class Fixture implements AutoCloseable {
    final HostTensors ops = new HostTensors(2);
    final LladaArchitecture shape;
    final AttentionPattern pattern;
    final List<Parameter> parameters = new ArrayList<>();
    final double[][] values;
    final Tape tape;
    final TokenLoss loss;
    final Batch batch;

    Fixture(LladaArchitecture shape, AttentionPattern pattern) {
      this.shape = shape;
      this.pattern = pattern;
      LladaWeights weights = LladaWeights.allocate(shape, ops, parameters);
      values = new double[parameters.size()][];
      for (int p = 0; p < values.length; p++) {
        values[p] = fill(parameters.get(p), new Random(p));
      }
      tape = new Tape(ops, parameters);
      loss = new TokenLoss(tape, new LladaTransformer(shape, weights, tape), pattern);
      batch =
          new Batch(
              new int[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3},
              new int[] {0, 2, 3, 7, 9},
              new int[] {1, 16, 8, 2, 0},
              new float[] {0.5f, 0.25f, 1, 0.125f, 2},
              new double[] {0.3, 0.8},
              new float[] {0, 1, -0.5f, 2, 0.25f});
    }

    private double[] fill(Parameter parameter, Random random) {
      float[] floats = new float[parameter.rows() * parameter.columns()];
      double[] doubles = new double[floats.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] =
            (float) (parameter.isGain() ? 0.5 + random.nextDouble() : random.nextGaussian() / 3);
        doubles[i] = floats[i];
      }
      ops.write(parameter.weight(), 0, floats);
      return doubles;
    }

    DoubleNetwork plain() {
      return new DoubleNetwork(shape, values, pattern);
    }

    double loss() {
      float[] losses = loss.of(batch);
      double sum = 0;
      for (int i = 0; i < losses.length; i++) {
        sum += (double) losses[i] * batch.weights()[i];
      }
      return sum;
    }

    static float[] read(HostTensors ops, Parameter parameter) {
      float[] all = new float[parameter.rows() * parameter.columns()];
      float[] row = new float[parameter.columns()];
      for (int i = 0; i < parameter.rows(); i++) {
        ops.read(parameter.gradient(), i, row);
        System.arraycopy(row, 0, all, i * row.length, row.length);
      }
      return all;
    }

    @Override
    public void close() {
      ops.close();
    }
  }
}
