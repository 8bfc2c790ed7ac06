package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.tensor.Products.Operand;
import dev.unmask.engine.tensor.StoredRows.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every value of a product is one chain of fused multiply-adds, to the bit, however it is cut. */
class ProductsTest {
  private record Shape(int rows, int inner, int columns) {}

  /** Below, at and beyond the sizes of registers, panels, parts and tiles. */
  static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 1),
          new Shape(2, 7, 33),
          new Shape(11, 384, 32),
          new Shape(12, 385, 31),
          new Shape(13, 33, 97),
          new Shape(70, 129, 300),
          new Shape(133, 1000, 65),
          new Shape(400, 20, 16));

  private final Random random = new Random(20_26);
  private final HostTensors ops = new HostTensors(2);

  @AfterEach
  void close() {
    ops.close();
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void ofWeightsThatChange(Shape shape) {
    HostTensor x = numbers(shape.rows(), shape.inner());
    HostTensor weight = numbers(shape.columns(), shape.inner());
    HostTensor out = ones(shape);
    ops.linear(x, weight, out);
    assertThat(values(out)).containsExactly(chains(x, weight, 1, 0));
    ops.linearAdd(x, weight, out);
    assertThat(values(out)).containsExactly(twice(chains(x, weight, 1, 0)));
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void ofWeightsThatStay(Shape shape) {
    HostTensor x = numbers(shape.rows(), shape.inner());
    HostTensor weight = numbers(shape.columns(), shape.inner());
    int upper = shape.columns() / 2;
    List<StoredRows> parts =
        Stream.of(weight.slice(0, upper), weight.slice(upper, shape.columns() - upper))
            .map(part -> new StoredRows(Precision.FLOAT32, part.rows(), part.memory()))
            .toList();
    for (Tensor read : List.of(ops.fixed(shape.inner(), parts), ops.stored(shape.inner(), parts))) {
      HostTensor out = ones(shape);
      ops.linear(x, read, out);
      assertThat(values(out)).containsExactly(chains(x, weight, 1, 0));
    }
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void ofGradients(Shape shape) {
    HostTensor x = numbers(shape.inner(), shape.rows());
    HostTensor y = numbers(shape.inner(), shape.columns());
    HostTensor out = ones(shape);
    ops.products().tiled(Operand.transpose(x), Operand.of(y), shape.inner(), 1, out);
    assertThat(values(out)).containsExactly(chains(transposed(x), transposed(y), 1, 1));
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void onOneThread(Shape shape) {
    HostTensor x = numbers(shape.rows(), shape.inner());
    HostTensor y = numbers(shape.columns(), shape.inner());
    HostTensor out = ones(shape);
    Operand left = Operand.of(x);
    Operand right = Operand.transpose(y);
    ops.products()
        .single(
            0,
            left,
            right,
            shape.rows(),
            shape.columns(),
            shape.inner(),
            0.5f,
            -3,
            out.block(0, 0));
    assertThat(values(out)).containsExactly(chains(x, y, 0.5f, -3));
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void ofAMatrixAndItself(Shape shape) {
    HostTensor x = numbers(shape.rows(), shape.inner());
    HostTensor out = ones(new Shape(shape.rows(), 0, shape.rows()));
    ops.products().selfProduct(0, Operand.of(x), shape.inner(), 2, 0.25f, out);
    assertThat(values(out)).containsExactly(chains(x, x, 2, 0.25f));
  }

  @ParameterizedTest
  @FieldSource("SHAPES")
  void ofRowsThatAreKnown(Shape shape) {
    HostTensor x = numbers(shape.rows(), shape.inner());
    HostTensor known = numbers(shape.columns(), shape.inner());
    float[][] rows = new float[shape.columns()][shape.inner()];
    for (int row = 0; row < rows.length; row++) {
      ops.read(known, row, rows[row]);
    }
    try (KnownRows products = new KnownRows(rows, 2)) {
      assertThat(products.products(values(x))).containsExactly(chains(x, known, 1, 0));
      HostTensor weights = numbers(shape.rows(), shape.columns());
      assertThat(products.mixtures(values(weights)))
          .containsExactly(chains(weights, transposed(known), 1, 0));
    }
  }

  /** scale · x · yᵀ + keep, each value summed along the inner index. */
  private float[] chains(HostTensor x, HostTensor y, float scale, float keep) {
    float[] left = values(x);
    float[] right = values(y);
    int inner = x.columns();
    float[] out = new float[x.rows() * y.rows()];
    for (int i = 0; i < out.length; i++) {
      float sum = 0;
      for (int k = 0; k < inner; k++) {
        sum = Math.fma(left[i / y.rows() * inner + k], right[i % y.rows() * inner + k], sum);
      }
      out[i] = sum * scale + keep;
    }
    return out;
  }

  private static float[] twice(float[] x) {
    float[] doubled = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      doubled[i] = x[i] + x[i];
    }
    return doubled;
  }

  private HostTensor transposed(HostTensor x) {
    HostTensor out = allocated(x.columns(), x.rows());
    float[] values = values(x);
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % x.columns() * x.rows() + i / x.columns()] = values[i];
    }
    ops.write(out, 0, turned);
    return out;
  }

  private HostTensor ones(Shape shape) {
    HostTensor out = allocated(shape.rows(), shape.columns());
    float[] ones = new float[shape.rows() * shape.columns()];
    Arrays.fill(ones, 1);
    ops.write(out, 0, ones);
    return out;
  }

  private HostTensor numbers(int rows, int columns) {
    HostTensor out = allocated(rows, columns);
    float[] numbers = new float[rows * columns];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    ops.write(out, 0, numbers);
    return out;
  }

  private HostTensor allocated(int rows, int columns) {
    return (HostTensor) ops.allocate(rows, columns);
  }

  private float[] values(HostTensor x) {
    return ops.read(x);
  }
}
