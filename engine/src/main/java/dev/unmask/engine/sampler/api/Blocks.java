package dev.unmask.engine.sampler.api;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An answer cut into blocks of one length, each filled in the same number of steps.
 *
 * @param start the answer's first position
 * @param length of a block
 * @param count of blocks
 * @param stepsEach of a block
 */
public record Blocks(int start, int length, int count, int stepsEach) {
  /**
   * Cuts the positions from {@code start} to {@code end}.
   *
   * @param length of a block; 0 is the whole answer
   * @param steps of all blocks; 0 is one for each position
   * @throws SettingException if the blocks do not divide the answer, or the steps
   */
  public static Blocks of(int start, int end, int length, int steps) {
    int answer = end - start;
    if (answer == 0) {
      throw new SettingException(
          "length",
          "The prompt fills all %d positions, so there is nothing to sample; raise the length."
              .formatted(end));
    }
    int each = length == 0 ? answer : length;
    if (answer % each != 0) {
      throw new SettingException(
          "block",
          "0",
          "The setting block is %d, which does not divide the answer of %d positions; choose %s or 0."
              .formatted(each, answer, divisors(answer)));
    }
    int count = answer / each;
    int all = steps == 0 ? answer : steps;
    if (all % count != 0) {
      throw new SettingException(
          "steps",
          Integer.toString(Math.max(1, all / count) * count),
          "The setting steps is %d, which %d blocks cannot share equally; choose a multiple of %d."
              .formatted(all, count, count));
    }
    return new Blocks(start, each, count, all / count);
  }

  /** The numbers that divide it, for a sentence. */
  public static String divisors(int number) {
    return IntStream.rangeClosed(1, number)
        .filter(divisor -> number % divisor == 0)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  public int steps() {
    return count * stepsEach;
  }

  /** The block that a step fills; after the last step, the last block. */
  public BlockPosition at(int step) {
    return position(step / stepsEach);
  }

  /** The block of that number; after the last block, the last. */
  public BlockPosition position(int index) {
    int last = Math.min(index, count - 1);
    int from = start + last * length;
    return new BlockPosition(last, count, from, from + length);
  }

  /** How many of its block's masks a step commits: equal shares, the remainder to the first. */
  public int quota(int step, int masks) {
    return share(step % stepsEach, stepsEach, masks);
  }

  /** The same of the masks that the block had before step {@code from}, in the steps since. */
  public int quota(int step, int from, int masks) {
    return share(step - from, (step / stepsEach + 1) * stepsEach - from, masks);
  }

  private static int share(int index, int count, int whole) {
    return whole / count + (index < whole % count ? 1 : 0);
  }

  /**
   * Blocks of a sequence; the last may be shorter.
   *
   * @param start where the first begins
   * @param size positions of a block
   * @param length of the sequence
   */
  public record Grid(int start, int size, int length) {
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
}
