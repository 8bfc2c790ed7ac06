package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TapeTest {
  private static final float H = 1e-2f;
  private static final float EPSILON = 1e-2f;

  private final Random random = new Random(11);
  private final HostTensors ops = new HostTensors(2);

  @AfterEach
  void close() {
    ops.close();
  }

  /** Something computed from matrices. */
  private interface Forward {
    Tensor of(Tape tape, Tensor... x);
  }

  /** A size in rows and columns. */
  private static int[] size(int rows, int columns) {
    return new int[] {rows, columns};
  }

  /** Each operation, of inputs of these sizes; widths that fill no vector register evenly. */
  static Stream<Arguments> operations() {
    AttentionShape heads = new AttentionShape(2, 3, 4, 2, 6);
    AttentionMask causal = AttentionMask.causal(3);
    AttentionMask mask = AttentionMask.of(3, (query, key) -> query == key || key == 0);
    Grid grid = new Grid(2, 4, 2);
    return Stream.of(
        operation(
            "embed",
            (tape, x) -> written(tape, 4, 5, out -> tape.embed(x[0], new int[] {2, 0, 2, 1}, out)),
            size(3, 5)),
        operation(
            "gather",
            (tape, x) -> written(tape, 2, 5, out -> tape.gather(x[0], new int[] {3, 1}, out)),
            size(4, 5)),
        operation(
            "rows",
            (tape, x) -> {
              Tensor y = copy(tape, x[0]);
              return plus(tape, tape.rows(y, 1, 2), tape.rows(y, 2, 2));
            },
            size(4, 5)),
        operation(
            "multiply",
            (tape, x) -> written(tape, 3, 19, out -> tape.multiply(x[0], x[1], out)),
            size(3, 19),
            size(3, 19)),
        operation(
            "exp", (tape, x) -> written(tape, 3, 19, out -> tape.exp(x[0], out)), size(3, 19)),
        operation(
            "tanh", (tape, x) -> written(tape, 3, 19, out -> tape.tanh(x[0], out)), size(3, 19)),
        operation(
            "rmsNorm",
            (tape, x) -> written(tape, 3, 19, out -> tape.rmsNorm(x[0], x[1], EPSILON, out)),
            size(3, 19),
            size(1, 19)),
        operation(
            "layerNorm",
            (tape, x) ->
                written(tape, 3, 19, out -> tape.layerNorm(x[0], x[1], x[2], EPSILON, out)),
            size(3, 19),
            size(1, 19),
            size(1, 19)),
        operation(
            "layerNorm in place",
            (tape, x) -> {
              Tensor y = copy(tape, x[0]);
              tape.layerNorm(y, x[1], x[2], EPSILON, y);
              return y;
            },
            size(3, 19),
            size(1, 19),
            size(1, 19)),
        operation(
            "groupNorm",
            (tape, x) ->
                written(
                    tape, 16, 6, out -> tape.groupNorm(x[0], grid, 3, x[1], x[2], EPSILON, out)),
            size(16, 6),
            size(1, 6),
            size(1, 6)),
        operation(
            "linear",
            (tape, x) -> written(tape, 3, 5, out -> tape.linear(x[0], x[1], out)),
            size(3, 7),
            size(5, 7)),
        operation(
            "linearAdd",
            (tape, x) -> {
              Tensor y = copy(tape, x[2]);
              tape.linearAdd(x[0], x[1], y);
              return y;
            },
            size(3, 7),
            size(5, 7),
            size(3, 5)),
        operation(
            "rotary",
            (tape, x) -> {
              Tensor y = copy(tape, x[0]);
              tape.rotary(y, heads, new int[] {0, 1, 2, 0, 1, 2}, 100);
              return y;
            },
            size(6, heads.columns())),
        operation(
            "attention",
            (tape, x) -> written(tape, 6, 24, out -> tape.attention(x[0], heads, out)),
            size(6, heads.columns())),
        operation(
            "causal attention",
            (tape, x) -> written(tape, 6, 24, out -> tape.attention(x[0], heads, causal, out)),
            size(6, heads.columns())),
        operation(
            "attention under a mask",
            (tape, x) -> written(tape, 6, 24, out -> tape.attention(x[0], heads, mask, out)),
            size(6, heads.columns())),
        operation(
            "cross-attention",
            (tape, x) ->
                written(
                    tape, 4, 24, out -> tape.attention(x[0], x[1], heads, AttentionMask.NONE, out)),
            size(4, heads.columns()),
            size(6, heads.columns())),
        operation(
            "swiglu", (tape, x) -> written(tape, 3, 9, out -> tape.swiglu(x[0], out)), size(3, 18)),
        operation(
            "silu", (tape, x) -> written(tape, 3, 9, out -> tape.silu(x[0], out)), size(3, 9)),
        operation(
            "gelu",
            (tape, x) -> {
              Tensor y = copy(tape, x[0]);
              tape.gelu(y, x[1]);
              return y;
            },
            size(3, 9),
            size(1, 9)),
        operation(
            "exactGelu",
            (tape, x) -> {
              Tensor y = copy(tape, x[0]);
              tape.exactGelu(y, x[1]);
              return y;
            },
            size(3, 9),
            size(1, 9)),
        operation("add", (tape, x) -> plus(tape, x[0], x[1]), size(3, 9), size(3, 9)),
        operation(
            "addBias",
            (tape, x) -> {
              Tensor y = copy(tape, x[0]);
              tape.addBias(x[1], y);
              return y;
            },
            size(3, 9),
            size(1, 9)),
        operation(
            "addGated",
            (tape, x) -> {
              Tensor y = copy(tape, x[3]);
              tape.addGated(x[0], x[1], x[2], y);
              return y;
            },
            size(3, 9),
            size(1, 9),
            size(1, 9),
            size(3, 9)),
        operation(
            "addAt",
            (tape, x) -> {
              Tensor y = copy(tape, x[0]);
              tape.addAt(y, new int[] {2, 0}, new float[] {3, -1});
              return y;
            },
            size(2, 3)),
        operation(
            "convolution",
            (tape, x) -> written(tape, 16, 5, out -> tape.convolution(x[0], x[1], grid, x[2], out)),
            size(16, 3),
            size(2, 4),
            size(5, 31)),
        operation(
            "pixelUnshuffle",
            (tape, x) -> written(tape, 4, 12, out -> tape.pixelUnshuffle(x[0], grid, out)),
            size(16, 3)),
        operation(
            "pixelShuffle",
            (tape, x) -> written(tape, 16, 3, out -> tape.pixelShuffle(x[0], grid, out)),
            size(4, 12)),
        operation(
            "meanPool",
            (tape, x) -> written(tape, 2, 3, out -> tape.meanPool(x[0], grid, out)),
            size(16, 3)),
        operation(
            "a residual stream that is normalised, added to in place and read again",
            (tape, x) -> {
              Tensor stream = copy(tape, x[0]);
              Tensor normed = tape.allocate(3, 7);
              for (int layer = 0; layer < 2; layer++) {
                tape.rmsNorm(stream, x[1], EPSILON, normed);
                tape.linearAdd(normed, x[2], stream);
              }
              return plus(tape, stream, normed);
            },
            size(3, 7),
            size(1, 7),
            size(7, 7)));
  }

  private static Arguments operation(String name, Forward forward, int[]... sizes) {
    return Arguments.of(name, forward, sizes);
  }

  private interface Operation {
    void to(Tensor out);
  }

  private static Tensor written(Tape tape, int rows, int columns, Operation operation) {
    Tensor out = tape.allocate(rows, columns);
    operation.to(out);
    return out;
  }

  private static Tensor copy(Tape tape, Tensor x) {
    return written(tape, x.rows(), x.columns(), out -> tape.add(x, out));
  }

  private static Tensor plus(Tape tape, Tensor x, Tensor y) {
    Tensor sum = copy(tape, x);
    tape.add(y, sum);
    return sum;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void gradientOfEachOperationIsTheSlopeOfItsResult(String name, Forward forward, int[][] sizes) {
    List<Parameter> inputs = new ArrayList<>();
    for (int[] size : sizes) {
      inputs.add(parameter("x" + inputs.size(), size[0], size[1]));
    }
    Tape tape = new Tape(ops, inputs);
    Tensor[] x = inputs.stream().map(Parameter::weight).toArray(Tensor[]::new);
    Tensor out = forward.of(tape, x);
    float[] slopes = numbers(out.rows() * out.columns());
    tape.loss(out, slopes);
    tape.backward();
    for (Parameter input : inputs) {
      for (int row = 0; row < input.rows(); row++) {
        float[] gradient = row(input.gradient(), row);
        for (int column = 0; column < gradient.length; column++) {
          double above = moved(tape, forward, x, slopes, input, row, column, H);
          double below = moved(tape, forward, x, slopes, input, row, column, -H);
          double expected = (above - below) / (2 * H);
          assertThat((double) gradient[column])
              .as("%s[%d, %d]", input.name(), row, column)
              .isCloseTo(expected, within(2e-3 * Math.max(1, Math.abs(expected))));
        }
      }
    }
  }

  /** The loss where one number is changed for a moment. */
  private double moved(
      Tape tape,
      Forward forward,
      Tensor[] x,
      float[] slopes,
      Parameter input,
      int row,
      int column,
      float by) {
    float[] before = row(input.weight(), row);
    float[] after = before.clone();
    after[column] += by;
    ops.write(input.weight(), row, after);
    float[] out = tape.read(forward.of(tape, x));
    tape.reset();
    ops.write(input.weight(), row, before);
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum += (double) out[i] * slopes[i];
    }
    return sum;
  }

  @Test
  void crossEntropyIsThatOfTheSoftmaxAndItsGradientIsTheDifferenceToTheTarget() {
    Parameter logits = parameter("logits", 2, 5);
    float[][] x = {row(logits.weight(), 0), row(logits.weight(), 1)};
    Tape tape = new Tape(ops, List.of(logits));
    float[] losses = tape.crossEntropy(logits.weight(), new int[] {3, 0}, new float[] {0.5f, 2});
    tape.backward();
    for (int i = 0; i < 2; i++) {
      int target = i == 0 ? 3 : 0;
      double sum = 0;
      for (float value : x[i]) {
        sum += Math.exp(value);
      }
      assertThat(losses[i]).isCloseTo((float) (Math.log(sum) - x[i][target]), within(1e-5f));
      for (int j = 0; j < 5; j++) {
        double expected = (i == 0 ? 0.5 : 2) * (Math.exp(x[i][j]) / sum - (j == target ? 1 : 0));
        assertThat((double) row(logits.gradient(), i)[j]).isCloseTo(expected, within(1e-5));
      }
    }
    assertThat(row(logits.weight(), 0)).isEqualTo(x[0]);
  }

  @Test
  void squaredErrorIsAMeanAndItsGradientIsTwiceTheErrorOfThat() {
    Parameter x = parameter("x", 1, 2);
    ops.write(x.weight(), 0, new float[] {1, 5});
    Tape tape = new Tape(ops, List.of(x));
    assertThat(tape.squaredError(x.weight(), new float[] {3, 4})).isEqualTo(2.5);
    tape.backward();
    assertThat(row(x.gradient(), 0)).containsExactly(-2, 1);
  }

  @Test
  void gradientsOfSeveralLossesAndPassesAddUpUntilTheyAreCleared() {
    Parameter x = parameter("x", 1, 2);
    Tape tape = new Tape(ops, List.of(x));
    tape.loss(x.weight(), new float[] {1, 2});
    tape.loss(copy(tape, x.weight()), new float[] {10, 20});
    tape.backward();
    tape.loss(x.weight(), new float[] {100, 200});
    tape.backward();
    assertThat(row(x.gradient(), 0)).containsExactly(111, 222);
    tape.clearGradients();
    assertThat(row(x.gradient(), 0)).containsOnly(0);
  }

  /** As a generator is trained: through a critic that stays as it is. */
  @Test
  void aNetworkWhoseParametersTheTapeWasNotGivenIsGoneThroughAndNotChanged() {
    Parameter generator = parameter("generator", 3, 4);
    Parameter critic = parameter("critic", 2, 3);
    Tape tape = new Tape(ops, List.of(generator));
    Tensor noise = matrix(5, 4, numbers(20));
    Tensor sample = written(tape, 5, 3, out -> tape.linear(noise, generator.weight(), out));
    Tensor verdict = written(tape, 5, 2, out -> tape.linear(sample, critic.weight(), out));
    tape.loss(verdict, numbers(10));
    tape.backward();
    assertThat(row(critic.gradient(), 0)).containsOnly(0);
    assertThat(row(generator.gradient(), 2)).doesNotContain(0);
  }

  /** As a critic is trained: on what a generator made, which stays as it is. */
  @Test
  void noGradientGoesThroughWhatIsDetached() {
    Parameter generator = parameter("generator", 3, 4);
    Parameter critic = parameter("critic", 2, 3);
    Tape tape = new Tape(ops, List.of(generator, critic));
    Tensor noise = matrix(5, 4, numbers(20));
    Tensor sample = written(tape, 5, 3, out -> tape.linear(noise, generator.weight(), out));
    Tensor constant = tape.detach(sample);
    assertThat(tape.read(constant)).isEqualTo(tape.read(sample));
    Tensor verdict = written(tape, 5, 2, out -> tape.linear(constant, critic.weight(), out));
    tape.loss(verdict, numbers(10));
    tape.backward();
    assertThat(row(generator.gradient(), 0)).containsOnly(0);
    assertThat(row(critic.gradient(), 1)).doesNotContain(0);
  }

  @Test
  void aMatrixIsZerosUntilItIsWrittenToAndAgainAfterTheWayBack() {
    Parameter x = parameter("x", 2, 3);
    Tape tape = new Tape(ops, List.of(x));
    Tensor y = tape.allocate(2, 3);
    assertThat(tape.read(y)).containsOnly(0);
    tape.add(x.weight(), y);
    assertThat(tape.read(y)).doesNotContain(0);
    tape.backward();
    assertThat(tape.read(y)).containsOnly(0);
  }

  @Test
  void rowsOfAMatrixThatWasWrittenToAreReadAndNotWrittenThrough() {
    Tape tape = new Tape(ops, List.of());
    Tensor all = tape.allocate(3, 1);
    tape.write(all, 0, new float[] {1, 2, 3});
    Tensor some = tape.rows(all, 1, 2);
    assertThat(tape.read(some)).containsExactly(2, 3);
    tape.write(some, 0, new float[] {7});
    assertThat(tape.read(some)).containsExactly(7, 3);
    assertThat(tape.read(all)).containsExactly(1, 2, 3);
  }

  @Test
  void laterPassesTakeNoMoreMemoryThanTheFirst() {
    Parameter weight = parameter("weight", 4, 4);
    Tape tape = new Tape(ops, List.of(weight));
    train(tape, weight);
    int held = ops.workspace().matrices();
    train(tape, weight);
    train(tape, weight);
    assertThat(ops.workspace().matrices()).isEqualTo(held);
  }

  /** Memory of earlier gradients is taken again, and some of its columns nobody writes. */
  @Test
  void gradientsOfALaterPassAreThoseOfTheFirst() {
    AttentionShape heads = new AttentionShape(2, 3, 4, 2, 6);
    Parameter asking = parameter("asking", 4, heads.columns());
    Parameter answering = parameter("answering", 6, heads.columns());
    Tape tape = new Tape(ops, List.of(asking, answering));
    ask(tape, asking, answering, heads);
    float[] dAsking = row(asking.gradient(), 3);
    float[] dAnswering = row(answering.gradient(), 5);
    ask(tape, asking, answering, heads);
    assertThat(row(asking.gradient(), 3)).isEqualTo(dAsking);
    assertThat(row(answering.gradient(), 5)).isEqualTo(dAnswering);
  }

  private static void ask(Tape tape, Parameter asking, Parameter answering, AttentionShape heads) {
    tape.clearGradients();
    // Its gradient lies, in the next pass, where that of the one that asks is written.
    Tensor other = tape.allocate(4, heads.columns());
    tape.silu(asking.weight(), other);
    tape.squaredError(other, new float[4 * heads.columns()]);
    Tensor out = tape.allocate(4, 24);
    tape.attention(asking.weight(), answering.weight(), heads, AttentionMask.NONE, out);
    tape.squaredError(out, new float[4 * 24]);
    tape.backward();
  }

  private void train(Tape tape, Parameter weight) {
    Tensor stream = tape.allocate(3, 4);
    tape.write(stream, 0, numbers(12));
    Tensor up = tape.allocate(3, 4);
    for (int layer = 0; layer < 3; layer++) {
      tape.linear(stream, weight.weight(), up);
      tape.silu(up, up);
      tape.add(up, stream);
    }
    tape.squaredError(stream, new float[12]);
    tape.backward();
  }

  @Test
  void tensorsOfOthersAreReadOnly() {
    Tape tape = new Tape(ops, List.of());
    Tensor other = matrix(1, 1, 2);
    assertThatThrownBy(() -> tape.add(other, other)).isInstanceOf(IllegalArgumentException.class);
  }

  private Parameter parameter(String name, int rows, int columns) {
    Parameter parameter = Parameter.table(ops, name, rows, columns);
    ops.write(parameter.weight(), 0, numbers(rows * columns));
    return parameter;
  }

  private Tensor matrix(int rows, int columns, float... values) {
    Tensor tensor = ops.allocate(rows, columns);
    ops.write(tensor, 0, values);
    return tensor;
  }

  private float[] row(Tensor tensor, int row) {
    float[] values = new float[tensor.columns()];
    ops.read(tensor, row, values);
    return values;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
