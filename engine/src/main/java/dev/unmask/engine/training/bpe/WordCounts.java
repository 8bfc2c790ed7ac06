package dev.unmask.engine.training.bpe;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Cuts texts where no token may cross, as GPT-2 does, and counts the pieces. */
final class WordCounts {
  private static final Pattern PIECE =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d" + "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
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
