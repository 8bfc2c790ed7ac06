package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.tensor.HostUpdates.Adaptive;
import dev.unmask.engine.tensor.HostUpdates.Orthogonal;
import dev.unmask.engine.tensor.HostUpdates.Size;
import dev.unmask.engine.tensor.StoredRows.Precision;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Prints a line for each operation, forward and backward, with a number made of its result's bits,
 * and compares the loops over vectors with plain ones.
 */
final class KernelBits {
  private final HostTensors ops;
  private final HostGradients gradients;
  private final Random random = new Random(20_26);
  private final StringBuilder lines = new StringBuilder();

  private KernelBits(HostTensors ops) {
    this.ops = ops;
    gradients = new HostGradients(ops);
  }

  /** The argument is how many threads compute. */
  public static void main(String[] arguments) {
    System.out.print(of(Integer.parseInt(arguments[0])));
  }

  static String of(int threads) {
    try (HostTensors ops = new HostTensors(threads)) {
      KernelBits bits = new KernelBits(ops);
      bits.loops();
      bits.products();
      bits.rows();
      bits.attention();
      bits.images();
      bits.updates();
      return bits.lines.toString();
    }
  }

  private void line(String operation, Tensor... results) {
    lines.append(operation);
    for (Tensor result : results) {
      lines.append(' ').append(Integer.toHexString(Arrays.hashCode(ops.read(result))));
    }
    lines.append('\n');
  }

  /** Loops over vectors and plain ones, of which the program takes those that are faster by now. */
  private void loops() {
    int inner = 37;
    float[] x = numbers(24 * ProductKernels.INNER);
    MemorySegment panel = numbers(inner, ProductKernels.COLUMNS).memory();
    for (int rows = 1; rows <= 20; rows++) {
      float[] vectors = numbers(24 * ProductKernels.COLUMNS);
      float[] plain = vectors.clone();
      ProductKernels.byVectors(rows, x, 0, panel, 0, inner, vectors, 0);
      ProductKernels.plainly(rows, x, 0, panel, 0, inner, plain, 0);
      int sums = rows * ProductKernels.COLUMNS;
      assertThat(Arrays.copyOf(vectors, sums)).containsExactly(Arrays.copyOf(plain, sums));
    }
    float[] square = numbers(Lanes.WIDTH * Lanes.WIDTH);
    float[] other = square.clone();
    Transposition.byVectors(square);
    Transposition.plainly(other);
    assertThat(square).containsExactly(other);
    // What follows depends on no register's width.
    random.setSeed(1);
  }

  private void products() {
    Tensor x = numbers(67, 403);
    Tensor weight = numbers(75, 403);
    Tensor out = numbers(67, 75);
    ops.linearAdd(x, weight, out);
    line("linear", out);
    for (Precision precision : Precision.values()) {
      MemorySegment memory = MemorySegment.ofArray(new short[75 * 403 * precision.bytes() / 2]);
      for (long i = 0; i < memory.byteSize(); i += 2) {
        memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, i, (short) (15_000 + i));
      }
      List<StoredRows> parts = List.of(new StoredRows(precision, 75, memory));
      ops.linear(x, ops.stored(403, parts), out);
      line("stored " + precision, out);
      ops.linear(x, ops.fixed(403, parts), out);
      line("fixed " + precision, out);
    }
    Tensor dx = numbers(67, 403);
    gradients.linearInput(out, weight, dx);
    gradients.linearWeight(out, x, weight);
    line("linear's gradients", dx, weight);
  }

  private void rows() {
    int n = 83;
    HostTensor x = numbers(9, n);
    HostTensor gain = numbers(1, n);
    HostTensor shift = numbers(1, n);
    HostTensor out = numbers(9, n);
    HostTensor dx = numbers(9, n);
    ops.rmsNorm(x, gain, 1e-5f, out);
    gradients.rmsNorm(x, gain, 1e-5f, out, dx, shift);
    line("rmsNorm", out, dx, shift);
    ops.layerNorm(x, gain, shift, 1e-5f, out);
    gradients.layerNorm(x, gain, 1e-5f, out, dx, gain, shift);
    line("layerNorm", out, dx, gain, shift);
    ops.silu(x, out);
    gradients.silu(x, out, dx);
    line("silu", out, dx);
    ops.gelu(out, gain);
    gradients.gelu(x, gain, out, dx);
    line("gelu", out, dx);
    ops.exactGelu(out, gain);
    gradients.exactGelu(x, gain, out, dx);
    line("exactGelu", out, dx);
    ops.addGated(x, gain, shift, out);
    gradients.gated(x, out, gain, shift);
    ops.addBias(gain, out);
    ops.add(x, out);
    line("sums", out, gain, shift);
    HostTensor half = numbers(9, n / 2);
    HostTensor pair = numbers(9, n / 2 * 2);
    ops.swiglu(pair, half);
    gradients.swiglu(pair, half, pair);
    line("swiglu", half, pair);
    HostTensor statistics = numbers(9, RowStatistics.COUNT);
    ops.rowStatistics(x, statistics);
    line("rowStatistics", statistics);
    float[] losses = gradients.crossEntropy(x, new int[9], numbers(9));
    lines.append("crossEntropy ").append(Arrays.hashCode(losses));
    line("", x);
  }

  private void attention() {
    AttentionShape shape = new AttentionShape(2, 101, 4, 2, 18);
    for (AttentionMask mask :
        List.of(
            AttentionMask.NONE,
            AttentionMask.causal(101),
            AttentionMask.of(101, (query, key) -> (query ^ key) % 3 < 2))) {
      HostTensor qkv = numbers(shape.rows(), shape.columns());
      HostTensor out = numbers(shape.rows(), shape.queryColumns());
      ops.rotary(qkv, shape, IntStream.range(0, shape.rows()).toArray(), 10_000);
      ops.attention(qkv, shape, mask, out);
      HostTensor dQkv = numbers(shape.rows(), shape.columns());
      gradients.attention(qkv, qkv, shape, mask, out, dQkv, dQkv);
      line("attention", qkv, out, dQkv);
    }
  }

  private void images() {
    Grid grid = new Grid(2, 6, 4);
    HostTensor x = numbers(grid.rows(), 6);
    HostTensor context = numbers(2, 5);
    HostTensor weight = numbers(8, 9 * 6 + 5);
    HostTensor out = numbers(grid.rows(), 8);
    ops.convolution(x, context, grid, weight, out);
    line("convolution", out);
    HostTensor normed = numbers(grid.rows(), 8);
    HostTensor gain = numbers(1, 8);
    HostTensor shift = numbers(1, 8);
    ops.groupNorm(out, grid, 2, gain, shift, 1e-5f, normed);
    gradients.groupNorm(out, grid, 2, gain, 1e-5f, normed, out, gain, shift);
    line("groupNorm", normed, out, gain, shift);
  }

  private void updates() {
    HostUpdates updates = new HostUpdates(ops);
    Size size = new Size(0.01f, 0.1f, 0.5f);
    Tensor weight = numbers(37, 21);
    Tensor gradient = numbers(37, 21);
    Tensor mean = ops.allocate(37, 21);
    updates.muon(List.of(new Orthogonal(weight, gradient, mean, 1)), size);
    line("muon", weight, mean);
    updates.adamW(new Adaptive(weight, gradient, mean, ops.allocate(37, 21)), 3, size);
    line("adamW", weight, mean);
    lines.append(Double.toHexString(updates.squaredSum(weight))).append('\n');
  }

  private HostTensor numbers(int rows, int columns) {
    HostTensor tensor = (HostTensor) ops.allocate(rows, columns);
    ops.write(tensor, 0, numbers(rows * columns));
    return tensor;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
