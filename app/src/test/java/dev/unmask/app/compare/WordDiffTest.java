package dev.unmask.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.WordDiff.Stretch;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import org.junit.jupiter.api.Test;

class WordDiffTest {
  @Test
  void aTextThatWasShiftedStillMeetsItsLike() {
    WordDiff diff = WordDiff.of("Once upon a time a cat ran.", "Once a time a small cat ran.");
    assertThat(diff.left())
        .containsExactly(
            new Stretch("Once", false),
            new Stretch(" upon", true),
            new Stretch(" a time a cat ran.", false));
    assertThat(diff.right())
        .containsExactly(
            new Stretch("Once a time a", false),
            new Stretch(" small", true),
            new Stretch(" cat ran.", false));
  }

  @Test
  void asManyWordsAsPossibleAreInCommon() {
    WordDiff diff = WordDiff.of("a b c x", "x y a b c");
    assertThat(diff.left()).containsExactly(new Stretch("a b c", false), new Stretch(" x", true));
    assertThat(diff.right())
        .containsExactly(new Stretch("x y", true), new Stretch(" a b c", false));
  }

  @Test
  void nothingIsLostWhateverDiffers() {
    String left = " one\ntwo  three ";
    WordDiff diff = WordDiff.of(left, "");
    assertThat(diff.left()).containsExactly(new Stretch(left, true));
    assertThat(diff.right()).isEmpty();
  }

  @Test
  void whereMasksAreLeftTheTextSaysSoOnce() {
    History run =
        History.of(
            new HandMade(1, "a", "_", "_", "_")
                .then(HandMade.row("-", "-", "-", " b"), "a", "_", "_", " b"));
    assertThat(WordDiff.text(run, 0)).isEqualTo("a [MASK]");
    assertThat(WordDiff.text(run, 1)).isEqualTo("a [MASK] b");
  }
}
