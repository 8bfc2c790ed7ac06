package dev.unmask.engine.training.bpe;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A piece of text as the tokens it consists of so far, and how often it occurs. */
final class Word {
  private final int count;
  private int[] tokens;

  Word(int[] tokens, int count) {
    this.tokens = tokens;
    this.count = count;
  }

  /** How often it occurs in the texts. */
  int count() {
    return count;
  }

  /** Visits each pair of neighbours, from the left. */
  void forEachPair(LongConsumer visitor) {
    for (int i = 0; i + 1 < tokens.length; i++) {
      visitor.accept(Pair.of(tokens[i], tokens[i + 1]));
    }
  }

  /** Replaces each occurrence of a pair, from the left, with one token. */
  void merge(long pair, int merged) {
    int[] shorter = new int[tokens.length];
    int length = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (i + 1 < tokens.length && Pair.of(tokens[i], tokens[i + 1]) == pair) {
        shorter[length++] = merged;
        i++;
      } else {
        shorter[length++] = tokens[i];
      }
    }
    tokens = Arrays.copyOf(shorter, length);
  }
}
