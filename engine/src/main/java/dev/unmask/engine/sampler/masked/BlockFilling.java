package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Blocks;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.trace.TokenState;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How far blocks are filled whose steps are not known beforehand.
 *
 * @param index of the block that is being filled, the number of blocks if all are full
 * @param taken how many steps it was filled in so far
 * @param masks how many it had when it started
 */
record BlockFilling(int index, int taken, int masks) {
  private static final String ANSWER = "answer";
  private static final String INDEX = "block";
  private static final String TAKEN = "taken";
  private static final String MASKS = "masks";
  private static final String CONTEXT = "context";

  /** At the start of the first block from {@code index} on that has a mask. */
  static BlockFilling from(int index, Blocks blocks, int[] tokens, int maskId) {
    for (int i = index; i < blocks.count(); i++) {
      BlockPosition block = blocks.position(i);
      int masks =
          (int)
              IntStream.range(block.from(), block.to())
                  .filter(position -> tokens[position] == maskId)
                  .count();
      if (masks > 0) {
        return new BlockFilling(i, 0, masks);
      }
    }
    return new BlockFilling(blocks.count(), 0, 0);
  }

  /** What a state remembers of it. */
  static BlockFilling of(TokenState state) {
    return new BlockFilling(
        Memory.count(state, INDEX), Memory.count(state, TAKEN), Memory.count(state, MASKS));
  }

  /** Where the answer starts. */
  static int answer(TokenState state) {
    return Memory.count(state, ANSWER);
  }

  /**
   * The tokens that the block started with.
   *
   * @param vocabulary how many tokens there are
   */
  static int[] context(TokenState state, int vocabulary) {
    return Memory.tokens(state, CONTEXT, vocabulary);
  }

  /** After another step in the same block. */
  BlockFilling another() {
    return new BlockFilling(index, taken + 1, masks);
  }

  /**
   * As a state remembers it.
   *
   * @param context the tokens that the block started with, remembered if {@code isCached}
   */
  Map<String, Values> memory(int answer, boolean isCached, int[] context) {
    Map<String, Values> memory = new TreeMap<>();
    memory.put(ANSWER, Memory.of(answer));
    memory.put(INDEX, Memory.of(index));
    memory.put(TAKEN, Memory.of(taken));
    memory.put(MASKS, Memory.of(masks));
    if (isCached) {
      memory.put(CONTEXT, new Values.I32(context));
    }
    return memory;
  }
}
