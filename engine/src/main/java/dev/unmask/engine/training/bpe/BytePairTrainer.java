package dev.unmask.engine.training.bpe;

import dev.unmask.engine.InputException;
import dev.unmask.engine.training.bpe.BytePairVocabulary.Merge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Two token ids in one long, which orders as (left, right). */
  static final class Pair {
    private Pair() {}

    static long of(int left, int right) {
      return (long) left << Integer.SIZE | right;
    }

    static int left(long pair) {
      return (int) (pair >>> Integer.SIZE);
    }

    static int right(long pair) {
      return (int) pair;
    }
  }

  /** A piece of text as the tokens it consists of so far, and how often it occurs. */
  static final class Word {
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
        visitor.accept(BytePairTrainer.Pair.of(tokens[i], tokens[i + 1]));
      }
    }

    /** Replaces each occurrence of a pair, from the left, with one token. */
    void merge(long pair, int merged) {
      int[] shorter = new int[tokens.length];
      int length = 0;
      for (int i = 0; i < tokens.length; i++) {
        if (i + 1 < tokens.length && BytePairTrainer.Pair.of(tokens[i], tokens[i + 1]) == pair) {
          shorter[length++] = merged;
          i++;
        } else {
          shorter[length++] = tokens[i];
        }
      }
      tokens = Arrays.copyOf(shorter, length);
    }
  }

  /** How often each pair of neighbouring tokens occurs, kept up to date while pairs are merged. */
  static final class PairCounts {
    private final Map<Long, Integer> counts = new HashMap<>();
    private final Map<Long, Set<BytePairTrainer.Word>> words = new HashMap<>();
    private final Set<Long> changed = new HashSet<>();

    /** May hold outdated counts, which are recognised when they are taken out. */
    private final PriorityQueue<Counted> queue =
        new PriorityQueue<>(
            Comparator.comparingInt(Counted::count).reversed().thenComparingLong(Counted::pair));

    /** A pair and how often it occurs. */
    record Counted(long pair, int count) {}

    PairCounts(List<BytePairTrainer.Word> all) {
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
      for (BytePairTrainer.Word word : words.remove(pair)) {
        add(word, -1);
        word.merge(pair, merged);
        add(word, 1);
      }
      enqueueChanged();
    }

    private void add(BytePairTrainer.Word word, int sign) {
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

  /** Cuts texts where no token may cross, as GPT-2 does, and counts the pieces. */
  static final class WordCounts {
    private static final Pattern PIECE =
        Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d"
                + "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private WordCounts() {}

    /** How often each piece occurs, in the order of first occurrence. */
    static SequencedMap<String, Integer> of(Stream<String> texts) {
      SequencedMap<String, Integer> counts = new LinkedHashMap<>();
      texts.forEachOrdered(
          text -> {
            Matcher matcher = PIECE.matcher(text);
            while (matcher.find()) {
              counts.merge(matcher.group(), 1, Integer::sum);
            }
          });
      return counts;
    }
  }

  /**
   * GPT-2's way of writing bytes as visible characters: printable Latin-1 stands for itself, the
   * other bytes for U+0100 and up, so that a space is Ġ.
   */
  static final class ByteAlphabet {
    /** Number of bytes that there are. */
    static final int SIZE = 256;

    private static final char[] CHARACTERS = characters();

    private ByteAlphabet() {}

    /** The character that stands for a byte. */
    static char character(int unsignedByte) {
      return CHARACTERS[unsignedByte];
    }

    /** All bytes, in the order of their characters. */
    static List<Integer> ordered() {
      List<Integer> bytes = new ArrayList<>();
      for (int value = 0; value < SIZE; value++) {
        bytes.add(value);
      }
      bytes.sort(Comparator.comparing(ByteAlphabet::character));
      return bytes;
    }

    private static char[] characters() {
      char[] characters = new char[SIZE];
      char next = 0x100;
      for (int value = 0; value < SIZE; value++) {
        boolean visible =
            value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xFF && value != 0xAD;
        characters[value] = visible ? (char) value : next++;
      }
      return characters;
    }
  }
}
