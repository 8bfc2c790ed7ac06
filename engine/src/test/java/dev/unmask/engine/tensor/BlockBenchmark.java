package dev.unmask.engine.tensor;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Prints how long one transformer block's forward pass takes at its fastest, on one thread and on
 * two. Not a test: run its main method, and the same block in another library beside it, and
 * compare.
 */
final class BlockBenchmark {
  private static final int WARM_UP = 60;
  private static final int RUNS = 30;

  private BlockBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    for (int threads = 1; threads <= 2; threads++) {
      System.out.printf(
          "threads %d: d=256 T=128 %.2f ms, d=768 T=256 %.2f ms%n",
          threads,
          fastest(threads, new AttentionShape(1, 128, 8, 8, 32), 704),
          fastest(threads, new AttentionShape(1, 256, 12, 12, 64), 2048));
    }
  }

  private static double fastest(int threads, AttentionShape shape, int hidden) {
    try (HostTensors ops = new HostTensors(threads)) {
      Runnable block = block(ops, shape, hidden);
      for (int i = 0; i < WARM_UP; i++) {
        block.run();
      }
      double fastest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        block.run();
        fastest = Math.min(fastest, (System.nanoTime() - start) / 1e6);
      }
      return fastest;
    }
  }

  private static Runnable block(HostTensors ops, AttentionShape shape, int hidden) {
    int rows = shape.rows();
    int width = shape.queryColumns();
    int[] positions = IntStream.range(0, rows).toArray();
    Tensor x = random(ops, rows, width);
    Tensor gain = random(ops, 1, width);
    Tensor qkvWeight = random(ops, 3 * width, width);
    Tensor outWeight = random(ops, width, width);
    Tensor gateUpWeight = random(ops, 2 * hidden, width);
    Tensor downWeight = random(ops, width, hidden);
    Tensor normed = ops.allocate(rows, width);
    Tensor qkv = ops.allocate(rows, 3 * width);
    Tensor mixed = ops.allocate(rows, width);
    Tensor gateUp = ops.allocate(rows, 2 * hidden);
    Tensor gated = ops.allocate(rows, hidden);
    return () -> {
      ops.rmsNorm(x, gain, 1e-5f, normed);
      ops.linear(normed, qkvWeight, qkv);
      ops.rotary(qkv, shape, positions, 10_000);
      ops.attention(qkv, shape, mixed);
      ops.linearAdd(mixed, outWeight, x);
      ops.rmsNorm(x, gain, 1e-5f, normed);
      ops.linear(normed, gateUpWeight, gateUp);
      ops.swiglu(gateUp, gated);
      ops.linearAdd(gated, downWeight, x);
    };
  }

  /** Small, so that a residual stream that is fed back for ever stays finite. */
  private static Tensor random(HostTensors ops, int rows, int columns) {
    Random random = new Random(1);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.02f;
    }
    Tensor tensor = ops.allocate(rows, columns);
    ops.write(tensor, 0, values);
    return tensor;
  }
}
