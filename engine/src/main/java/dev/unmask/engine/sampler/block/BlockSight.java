package dev.unmask.engine.sampler.block;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is seen with a block whose tokens depend on nothing behind it.
 *
 * @param size of a block
 * @param context most positions that are seen together, 0 for all
 * @param cached whether keys and values of what is before the block are kept
 */
record BlockSight(int size, int context, boolean cached) {
  /** The most positions that are seen together of so many. */
  int reach(int length) {
    return context == 0 ? length : Math.min(length, Math.max(context, size));
  }

  /**
   * Asks for a block's masks. Nothing before the block depends on it, so a cache may hold all of
   * that.
   */
  Request request(TokenState state, BlockPosition block, int[] masks) {
    Request whole =
        Request.ofSequence(
                Arrays.copyOf(state.tokens(), block.to()),
                new Attention.BlockCausal(size),
                masks,
                Optional.empty())
            .at(state.time());
    int first = firstSeen(block);
    if (first > 0) {
      return whole.window(first, block.to(), offsets(masks, first));
    }
    if (!cached) {
      return whole;
    }
    int began = state.step() - BlockProgress.of(state).step();
    int[] finished = Arrays.copyOf(state.tokens(), block.from());
    return whole
        .window(block.from(), block.to(), offsets(masks, block.from()))
        .in(new Context.Earlier(began, finished, OptionalDouble.of(0)));
  }

  /** Where the blocks begin that are seen with a block. */
  private int firstSeen(BlockPosition block) {
    return context == 0 || block.to() <= context
        ? 0
        : Math.min(block.from(), Math.ceilDiv(block.to() - context, size) * size);
  }

  /** Positions counted from another one on. */
  static int[] offsets(int[] positions, int from) {
    return Arrays.stream(positions).map(position -> position - from).toArray();
  }

  /**
   * How far block diffusion has come; it is in the trace's memory.
   *
   * @param from where the block that is being filled begins; the sequence's length if none is
   * @param step steps of that block so far
   */
  record BlockProgress(int from, int step) {
    /** Memory: the two numbers. */
    static final String NAME = "block";

    /**
     * That of a state.
     *
     * @throws InputException if the state has none that can be
     */
    static BlockProgress of(TokenState state) {
      if (state.memory().get(NAME) instanceof Values.I32(int[] data)
          && data.length == 2
          && 0 <= data[0]
          && data[0] <= state.length()
          && data[1] >= 0) {
        return new BlockProgress(data[0], data[1]);
      }
      throw Memory.unsound(NAME);
    }

    Values values() {
      return new Values.I32(new int[] {from, step});
    }
  }
}
