package dev.unmask.engine.safetensors;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a file says about one of its tensors.
 *
 * @param shape sizes of the dimensions, the slowest first; empty for a single number
 */
public record Entry(String name, ElementType type, long... shape) {
  /**
   * Number of elements.
   *
   * @throws ArithmeticException if a long cannot hold it, or could not if every size of 0 were 1: a
   *     part of the tensor must not be larger than the whole
   */
  public long elements() {
    long product = 1;
    boolean empty = false;
    for (long size : shape) {
      empty |= size == 0;
      product = size == 0 ? product : Math.multiplyExact(product, size);
    }
    return empty ? 0 : product;
  }

  /**
   * Bytes that the elements take.
   *
   * @throws ArithmeticException as {@link #elements} does
   */
  public long byteSize() {
    return Math.multiplyExact(elements(), type.bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry entry
        && name.equals(entry.name)
        && type == entry.type
        && Arrays.equals(shape, entry.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, Arrays.hashCode(shape));
  }

  @Override
  public String toString() {
    return name + " " + type + " " + Arrays.toString(shape);
  }
}
