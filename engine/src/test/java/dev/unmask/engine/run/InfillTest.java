package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfillTest {
  private static final int MASK = 0;

  @Test
  void aTextAloneIsThePromptAndTheRestFollows() {
    Start.Tokens start = start("ab", 4);
    assertThat(start.tokens()).containsExactly('a', 'b', MASK, MASK);
    assertThat(start.marks()).containsExactly(Mark.PROMPT, Mark.PROMPT, 0, 0);
  }

  @Test
  void textBehindAGapIsPinned() {
    Start.Tokens start = start("a{2}b", 6);
    assertThat(start.tokens()).containsExactly('a', MASK, MASK, 'b', MASK, MASK);
    assertThat(start.marks()).containsExactly(Mark.PROMPT, 0, 0, Mark.PINNED, 0, 0);
  }

  @Test
  void aGapWithoutALengthTakesWhatIsLeft() {
    Start.Tokens start = start("{}b", 4);
    assertThat(start.tokens()).containsExactly(MASK, MASK, MASK, 'b');
    assertThat(start.marks()).containsExactly(0, 0, 0, Mark.PINNED);
  }

  @Test
  void otherBracesAreText() {
    assertThat(start("\\{5}{a}", 7).tokens()).containsExactly('{', '5', '}', '{', 'a', '}', MASK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "{}", "Once{3} upon{}.", "{2}", "\\{5} {5}"})
  void isWrittenAsItIsRead(String notation) {
    assertThat(Infill.of(notation).notation()).isEqualTo(notation);
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatThrownBy(() -> start("a{5}b", 6))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("7 tokens")
        .hasMessageContaining("length of 6");
    assertThatThrownBy(() -> start("a{}b{}", 6))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 gaps");
    assertThatThrownBy(() -> start("ab", 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing to fill");
  }

  /** With a token a character. */
  private static Start.Tokens start(String notation, int length) {
    return Infill.of(notation).start(text -> text.chars().toArray(), length, MASK);
  }
}
