package dev.unmask.engine.training.bpe;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** How often each pair of neighbouring tokens occurs, kept up to date while pairs are merged. */
final class PairCounts {
  private final Map<Long, Integer> counts = new HashMap<>();
  private final Map<Long, Set<Word>> words = new HashMap<>();
  private final Set<Long> changed = new HashSet<>();

  /** May hold outdated counts, which are recognised when they are taken out. */
  private final PriorityQueue<Counted> queue =
      new PriorityQueue<>(
          Comparator.comparingInt(Counted::count).reversed().thenComparingLong(Counted::pair));

  /** A pair and how often it occurs. */
  record Counted(long pair, int count) {}

  PairCounts(List<Word> all) {
    all.forEach(word -> add(word, 1));
    enqueueChanged();
  }

  /** The most frequent pair, the least ids first where several are; its count is 0 if none is. */
  Counted mostFrequent() {
    while (!queue.isEmpty()) {
      Counted first = queue.poll();
      if (first.count() == counts.getOrDefault(first.pair(), 0)) {
        return first;
      }
    }
    return new Counted(0, 0);
  }

  /** Merges a pair in every word that holds it. */
  void merge(long pair, int merged) {
    for (Word word : words.remove(pair)) {
      add(word, -1);
      word.merge(pair, merged);
      add(word, 1);
    }
    enqueueChanged();
  }

  private void add(Word word, int sign) {
    word.forEachPair(
        pair -> {
          counts.merge(pair, sign * word.count(), Integer::sum);
          changed.add(pair);
          if (sign > 0) {
            words.computeIfAbsent(pair, absent -> new HashSet<>()).add(word);
          }
        });
  }

  private void enqueueChanged() {
    for (long pair : changed) {
      int count = counts.get(pair);
      if (count > 0) {
        queue.add(new Counted(pair, count));
      } else {
        counts.remove(pair);
      }
    }
    changed.clear();
  }
}
