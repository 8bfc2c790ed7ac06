package dev.unmask.engine.denoiser;

import dev.unmask.engine.tensor.AttentionMask;
import java.util.stream.IntStream;

/** Which slots a slot of a request may look at. */
public sealed interface Attention {
  /** Every slot: as many as the model was made to see. */
  Attention FULL = new Full();

  /** Itself and the slots before it. */
  Attention CAUSAL = new Causal();

  /**
   * Whether a slot sees another.
   *
   * @param positions of all slots in the sequence
   * @param query the slot that looks
   * @param key the slot that is looked at
   */
  boolean sees(int[] positions, int query, int key);

  /** As a matrix, for slots at these positions. */
  default AttentionMask mask(int[] positions) {
    return mask(positions, IntStream.range(0, positions.length).toArray());
  }

  /**
   * The same for the queries of some of the slots.
   *
   * @param asking the slots that look
   */
  default AttentionMask mask(int[] positions, int[] asking) {
    return AttentionMask.of(
        asking.length, positions.length, (query, key) -> sees(positions, asking[query], key));
  }

  /**
   * How many of a sequence's first slots see none of those after them: the most that are not above
   * a number.
   */
  int closed(int slots);

  /** Every slot. */
  record Full() implements Attention {
    @Override
    public boolean sees(int[] positions, int query, int key) {
      return true;
    }

    @Override
    public AttentionMask mask(int[] positions, int[] asking) {
      return AttentionMask.NONE;
    }

    @Override
    public int closed(int slots) {
      return 0;
    }
  }

  /** Itself and the slots before it. */
  record Causal() implements Attention {
    @Override
    public boolean sees(int[] positions, int query, int key) {
      return key <= query;
    }

    @Override
    public int closed(int slots) {
      return slots;
    }
  }

  /**
   * Its own block and the blocks before it, which are counted from position 0 (<a
   * href="https://arxiv.org/abs/2503.09573">BD3-LM</a>).
   *
   * @param size positions of a block
   */
  record BlockCausal(int size) implements Attention {
    @Override
    public boolean sees(int[] positions, int query, int key) {
      return positions[key] / size <= positions[query] / size;
    }

    @Override
    public int closed(int slots) {
      return slots - slots % size;
    }
  }

  /**
   * How BD3-LM is trained on all blocks at once: the slots are a noised sequence and then the same
   * sequence clean, and a noised block sees itself and the clean blocks before it (<a
   * href="https://arxiv.org/abs/2503.09573">BD3-LM</a>).
   *
   * @param size positions of a block
   * @param noised how many slots come before the clean ones
   */
  record BlockDiffusion(int size, int noised) implements Attention {
    @Override
    public boolean sees(int[] positions, int query, int key) {
      int distance = positions[query] / size - positions[key] / size;
      if (key < noised) {
        return query < noised && distance == 0;
      }
      return query < noised ? distance > 0 : distance >= 0;
    }

    @Override
    public int closed(int slots) {
      return 0;
    }
  }

  /**
   * The last slots are shadows of positions that have a slot already: they see each other and every
   * slot but the one of their own position, and no other slot sees them (<a
   * href="https://arxiv.org/abs/2507.18578">WINO</a>).
   *
   * @param first the first shadow
   */
  record Shadowed(int first) implements Attention {
    @Override
    public boolean sees(int[] positions, int query, int key) {
      return key >= first ? query >= first : query < first || positions[query] != positions[key];
    }

    @Override
    public int closed(int slots) {
      return slots < first ? 0 : first;
    }
  }
}
