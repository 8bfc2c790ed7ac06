package dev.unmask.engine.denoiser.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.exact.ExactDenoiser.Sequence;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.noise.UniformTransition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against Bayes' rule by hand: 0 0 has 1/2, 0 1 and 1 1 have 1/4. */
class ExactDenoiserTest {
  private static final int MASK = 2;
  private static final List<Sequence> SEQUENCES =
      List.of(
          new Sequence(new int[] {0, 0}, 2),
          new Sequence(new int[] {0, 1}, 1),
          new Sequence(new int[] {1, 1}, 1));

  @Test
  void conditionsOnWhatIsUnmasked() {
    ExactDenoiser denoiser = masked(SEQUENCES);
    assertProbabilities(row(denoiser, 0, MASK, MASK), 3 / 4.0, 1 / 4.0, 0);
    assertProbabilities(row(denoiser, 0, MASK, 1), 1 / 2.0, 1 / 2.0, 0);
    assertProbabilities(row(denoiser, 1, 1, MASK), 0, 1, 0);
  }

  @Test
  void countsThePositionsOwnTokenInOrOut() {
    assertProbabilities(row(uniform(RowMeaning.LEAVE_ONE_OUT_LOGITS), 0, 0, 0), 0.875, 0.125);
    assertProbabilities(row(uniform(RowMeaning.CLEAN_LOGITS), 0, 0, 0), 21 / 22.0, 1 / 22.0);
  }

  @Test
  void scoresByTheRatioOfNoisyProbabilities() {
    double same = 2 * 0.75 * 0.75 + 0.75 * 0.25 + 0.25 * 0.25;
    double other = 2 * 0.25 * 0.75 + 0.25 * 0.25 + 0.75 * 0.25;
    assertProbabilities(row(uniform(RowMeaning.LOG_SCORES), 0, 0, 0), 1, other / same);
  }

  /** Given a 1 in front, 1 1 alone is listed: odds 1/4 · 0.6 to 1/4 · 0.4 of any sequence. */
  @Test
  void takesAnySequenceForPossibleIfToldTo() {
    Vocabulary vocabulary = new Vocabulary(3, MASK, new int[0]);
    ExactDenoiser denoiser = new ExactDenoiser(vocabulary, SEQUENCES, 0.4, RowMeaning.CLEAN_LOGITS);
    assertProbabilities(row(denoiser, 1, 1, MASK), 0.1 / 0.35, 0.25 / 0.35, 0);
  }

  @Test
  void saysWhatCannotBe() {
    ExactDenoiser denoiser = masked(SEQUENCES.subList(0, 2));
    assertThatThrownBy(() -> row(denoiser, 1, 1, MASK))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "No sequence that the model knows can have become [1, 2]; give it other tokens.");
  }

  private static ExactDenoiser masked(List<Sequence> sequences) {
    Vocabulary vocabulary = new Vocabulary(3, MASK, new int[0]);
    return new ExactDenoiser(vocabulary, sequences, RowMeaning.CLEAN_LOGITS);
  }

  private static ExactDenoiser uniform(RowMeaning meaning) {
    Vocabulary vocabulary = new Vocabulary(2, Vocabulary.NO_MASK, new int[0]);
    return new ExactDenoiser(vocabulary, SEQUENCES, meaning);
  }

  /** Uniform noise keeps a half, so a token stays with 3/4 and becomes the other with 1/4. */
  private static float[] row(ExactDenoiser denoiser, int slot, int... ids) {
    Optional<Transition> noise =
        denoiser.vocabulary().hasMask()
            ? Optional.empty()
            : Optional.of(new UniformTransition(2, 0.5));
    Request request =
        Request.ofSequence(ids, Attention.FULL, new int[] {slot}, Optional.empty()).with(noise);
    return denoiser.predict(request).logits()[0];
  }

  private static void assertProbabilities(float[] logarithms, double... expected) {
    assertThat(logarithms).hasSize(expected.length);
    for (int token = 0; token < expected.length; token++) {
      assertThat(Math.exp(logarithms[token])).isCloseTo(expected[token], within(1e-6));
    }
  }
}
