package dev.unmask.engine.training.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.training.bpe.BytePairVocabulary.Merge;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainerTest {
  private static final int BASE = BytePairVocabulary.SPECIAL_TOKENS.size() + 256;

  @TempDir Path folder;

  @Test
  void theMostFrequentPairIsMergedFirst() {
    // As words: low ×5, lower ×2, newest ×6, widest ×3, the example of Sennrich et al., section
    // 3.2.
    String text = " low".repeat(5) + " lower".repeat(2) + " newest".repeat(6) + " widest".repeat(3);
    assertThat(BytePairTrainer.train(Stream.of(text), BASE + 4).merges())
        .startsWith(new Merge("e", "s"), new Merge("es", "t"), new Merge("l", "o"));
  }

  @Test
  void overlappingPairsAreMergedFromTheLeft() {
    assertThat(BytePairTrainer.train(Stream.of("aaaaa bb", "aaaaa"), BASE + 3).merges())
        .containsExactly(new Merge("a", "a"), new Merge("aa", "a"), new Merge("aa", "aaa"));
  }

  @Test
  void tiesGoToTheLeastIds() {
    assertThat(BytePairTrainer.train(Stream.of("zy ab ab zy"), BASE + 1).merges())
        .containsExactly(new Merge("a", "b"));
  }

  @Test
  void learningEndsWhenNothingRepeats() {
    assertThat(BytePairTrainer.train(Stream.of("abab"), BASE + 100).tokens()).hasSize(BASE + 1);
  }

  @Test
  void incrementalCountsAgreeWithCountingAgain() {
    BytePairVocabulary learnt =
        BytePairTrainer.train(Stream.of(randomText(" aabbcde")), BASE + 120);
    assertThat(learnt.merges())
        .isEqualTo(RecountingTrainer.train(randomText(" aabbcde"), learnt.merges().size()));
  }

  @Test
  void noTokenIsLearntTwice() {
    assertThat(BytePairTrainer.train(Stream.of(randomText("ab")), BASE + 60).tokens())
        .doesNotHaveDuplicates()
        .hasSize(BASE + 60);
  }

  private static String randomText(String letters) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void whatIsEncodedDecodesToTheSameText() {
    List<String> texts =
        List.of(
            "Once upon a time, there was a little girl named Lily.\nShe didn't cry.\n\n",
            "  two spaces, a tab\tand trailing ones  ",
            "Ünïcödé – “quotes” 日本語 🎈👩‍🚀 \u0001\u00a0end",
            "");
    Path file = folder.resolve("tokenizer.json");
    BytePairVocabulary learnt = BytePairTrainer.train(texts.stream(), BASE + 10);
    learnt.write(file);
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      for (String text : texts) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
      }
      assertThat(tokenizer.size()).isEqualTo(learnt.tokens().size());
      assertThat(tokenizer.encode("<pad><eos><unk>")).containsExactly(0, 1, 2);
      assertThat(tokenizer.encode("a [MASK]b"))
          .containsExactly(tokenizer.encode("a")[0], 3, tokenizer.encode("b")[0]);
    }
  }

  @Test
  void learningTwiceGivesTheSameFile() {
    Path one = folder.resolve("one.json");
    Path two = folder.resolve("two.json");
    BytePairTrainer.train(Stream.of("the cat sat on the mat"), BASE + 9).write(one);
    BytePairTrainer.train(Stream.of("the cat sat on the mat"), BASE + 9).write(two);
    assertThat(one).hasSameBinaryContentAs(two);
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path file = folder.resolve("missing").resolve("tokenizer.json");
    BytePairVocabulary learnt = BytePairTrainer.train(Stream.of(), BASE);
    assertThatThrownBy(() -> learnt.write(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString());
  }
}
