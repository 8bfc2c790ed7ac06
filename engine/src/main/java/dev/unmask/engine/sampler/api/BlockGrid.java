package dev.unmask.engine.sampler.api;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Blocks of a sequence; the last may be shorter.
 *
 * @param start where the first begins
 * @param size positions of a block
 * @param length of the sequence
 */
public record BlockGrid(int start, int size, int length) {
  public int count() {
    return Math.ceilDiv(length - start, size);
  }

  public BlockPosition at(int index) {
    int from = start + index * size;
    return new BlockPosition(index, count(), from, Math.min(from + size, length));
  }

  /** The first block from an index on that has a token, the number of blocks if none has. */
  public int firstWith(int token, int[] tokens, int index) {
    return IntStream.range(Math.min(start + index * size, length), length)
        .filter(position -> tokens[position] == token)
        .map(position -> (position - start) / size)
        .findFirst()
        .orElse(count());
  }

  /** How often a block has a token. */
  public static int count(int token, int[] tokens, BlockPosition block) {
    return (int)
        Arrays.stream(tokens, block.from(), block.to()).filter(each -> each == token).count();
  }
}
