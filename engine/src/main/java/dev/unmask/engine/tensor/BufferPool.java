package dev.unmask.engine.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Matrices that are lent and given back, since a workspace frees nothing before it is closed. The
 * last one given back is lent first, while it is still in the caches.
 */
final class BufferPool {
  /** Sizes from one power of two to the next. */
  private static final int SIZES = 8;

  private record Shape(int rows, int columns) {}

  private final Workspace workspace;
  private final Map<Shape, Deque<HostTensor>> free = new HashMap<>();

  /** All that there are, by their addresses. */
  private final Map<Long, HostTensor> buffers = new HashMap<>();

  BufferPool(Workspace workspace) {
    this.workspace = workspace;
  }

  /** A matrix of any values. */
  HostTensor take(int rows, int columns) {
    // How many rows a loss reads differs from step to step, so a few sizes serve for all.
    int size = Math.max(1, Integer.highestOneBit(rows) / SIZES);
    Shape shape = new Shape(Math.ceilDiv(rows, size) * size, columns);
    Deque<HostTensor> lying = free.computeIfAbsent(shape, _ -> new ArrayDeque<>());
    HostTensor buffer = lying.isEmpty() ? allocate(shape) : lying.pop();
    return buffer.slice(0, rows);
  }

  private HostTensor allocate(Shape shape) {
    HostTensor buffer = workspace.allocate(shape.rows(), shape.columns());
    buffers.put(buffer.memory().address(), buffer);
    return buffer;
  }

  /** Takes back what {@link #take} lent. */
  void give(HostTensor lent) {
    HostTensor buffer = buffers.get(lent.memory().address());
    free.get(new Shape(buffer.rows(), buffer.columns())).push(buffer);
  }
}
