package dev.unmask.engine.training.bpe;

import dev.unmask.engine.InputException;
import dev.unmask.engine.training.bpe.BytePairVocabulary.Merge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Learns a byte-level byte-pair encoding: starts from the 256 bytes and merges, again and again,
 * the pair of neighbouring tokens that is the most frequent (https://arxiv.org/abs/1508.07909,
 * algorithm 1). Ties go to the pair with the least ids, so the same texts give the same encoding.
 */
public final class BytePairTrainer {
  /** A pair that occurs once teaches nothing. */
  private static final int LEAST_COUNT = 2;

  private BytePairTrainer() {}

  /**
   * Learns from texts.
   *
   * @param size tokens to learn, the special ones and the bytes included; fewer result if the texts
   *     have no more pairs that repeat
   */
  public static BytePairVocabulary train(Stream<String> texts, int size) {
    List<String> tokens = new ArrayList<>(BytePairVocabulary.SPECIAL_TOKENS);
    int[] byteIds = new int[ByteAlphabet.SIZE];
    for (int value : ByteAlphabet.ordered()) {
      byteIds[value] = tokens.size();
      tokens.add(String.valueOf(ByteAlphabet.character(value)));
    }
    if (size < tokens.size()) {
      throw new InputException(
          "The vocabulary is to have %d tokens; give at least %d.".formatted(size, tokens.size()));
    }
    List<Merge> merges = new ArrayList<>();
    PairCounts pairs = new PairCounts(words(texts, byteIds));
    while (tokens.size() < size) {
      PairCounts.Counted best = pairs.mostFrequent();
      if (best.count() < LEAST_COUNT) {
        break;
      }
      Merge merge =
          new Merge(tokens.get(Pair.left(best.pair())), tokens.get(Pair.right(best.pair())));
      pairs.merge(best.pair(), tokens.size());
      merges.add(merge);
      // Never one that is there already: equal strings are merged in equal ways, wherever they
      // stand.
      tokens.add(merge.left() + merge.right());
    }
    return new BytePairVocabulary(List.copyOf(tokens), List.copyOf(merges));
  }

  private static List<Word> words(Stream<String> texts, int[] byteIds) {
    List<Word> words = new ArrayList<>();
    WordCounts.of(texts)
        .forEach(
            (piece, count) -> {
              byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
              int[] ids = new int[bytes.length];
              for (int i = 0; i < bytes.length; i++) {
                ids[i] = byteIds[Byte.toUnsignedInt(bytes[i])];
              }
              words.add(new Word(ids, count));
            });
    return words;
  }
}
