package dev.unmask.engine.training.bpe;

import dev.unmask.engine.training.bpe.BytePairVocabulary.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same algorithm with no shortcut: all pairs of all words are counted before each merge. */
final class RecountingTrainer {
  private RecountingTrainer() {}

  static List<Merge> train(String text, int merges) {
    List<String> tokens = new ArrayList<>();
    BytePairTrainer.ByteAlphabet.ordered()
        .forEach(b -> tokens.add(String.valueOf(BytePairTrainer.ByteAlphabet.character(b))));
    List<List<String>> words = new ArrayList<>();
    BytePairTrainer.WordCounts.of(Stream.of(text))
        .forEach(
            (piece, count) -> {
              for (int i = 0; i < count; i++) {
                words.add(
                    new ArrayList<>(
                        piece.replace(' ', 'Ġ').chars().mapToObj(Character::toString).toList()));
              }
            });
    List<Merge> learnt = new ArrayList<>();
    for (int i = 0; i < merges; i++) {
      Merge best = best(words, tokens);
      words.forEach(word -> merge(word, best));
      tokens.add(best.left() + best.right());
      learnt.add(best);
    }
    return learnt;
  }

  private static Merge best(List<List<String>> words, List<String> tokens) {
    Map<Merge, Integer> counts = new HashMap<>();
    for (List<String> word : words) {
      for (int i = 0; i + 1 < word.size(); i++) {
        counts.merge(new Merge(word.get(i), word.get(i + 1)), 1, Integer::sum);
      }
    }
    return counts.keySet().stream()
        .min(
            Comparator.comparing((Merge merge) -> -counts.get(merge))
                .thenComparing(merge -> tokens.indexOf(merge.left()))
                .thenComparing(merge -> tokens.indexOf(merge.right())))
        .orElseThrow();
  }

  private static void merge(List<String> word, Merge merge) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (word.get(i).equals(merge.left()) && word.get(i + 1).equals(merge.right())) {
        word.set(i, word.get(i) + word.remove(i + 1));
      }
    }
  }
}
