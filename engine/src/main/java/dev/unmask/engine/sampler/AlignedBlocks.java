package dev.unmask.engine.sampler;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Blocks counted from position 0 of a sequence, prompt included; the last may be shorter.
 *
 * @param size positions of a block
 * @param length of the sequence
 */
record AlignedBlocks(int size, int length) {
  int count() {
    return Math.ceilDiv(length, size);
  }

  BlockPosition at(int index) {
    int from = index * size;
    return new BlockPosition(index, count(), from, Math.min(from + size, length));
  }

  /** The first block from an index on that has a token, the number of blocks if none has. */
  int firstWith(int token, int[] tokens, int index) {
    return IntStream.range(Math.min(index * size, length), length)
        .filter(position -> tokens[position] == token)
        .map(position -> position / size)
        .findFirst()
        .orElse(count());
  }

  /** How often a block has a token. */
  static int count(int token, int[] tokens, BlockPosition block) {
    return (int)
        Arrays.stream(tokens, block.from(), block.to()).filter(each -> each == token).count();
  }
}
