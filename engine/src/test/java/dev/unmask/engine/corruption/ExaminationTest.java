package dev.unmask.engine.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.exact.ExactDenoiser;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminationTest {
  private static final int STEPS = 64;
  private static final Alphabet LETTERS = Alphabet.letters();

  /** Two words, one three times as probable as the other. */
  private static final TokenDenoiser EXACT =
      new ExactDenoiser(
          LETTERS.vocabulary(),
          List.of(
              new ExactDenoiser.Sequence(LETTERS.encode().apply("cat"), 3),
              new ExactDenoiser.Sequence(LETTERS.encode().apply("dog"), 1)),
          RowMeaning.CLEAN_LOGITS);

  @ParameterizedTest
  @EnumSource(names = {"ABSORBING", "UNIFORM"})
  void theMeanOfTheBoundsIsTheTruthForAModelThatMakesNoError(NoiseKind kind) {
    Noise noise = new Noise(kind, NoiseSchedule.LOG_LINEAR, STEPS, 1);
    double sum = 0;
    int draws = 30;
    TokenCorruption text = noise.of(LETTERS, "dog", 0);
    for (int seed = 0; seed < draws; seed++) {
      for (int t = 1; t <= STEPS; t++) {
        sum +=
            Examination.of(EXACT, LETTERS.vocabulary(), kind, text.withSeed(seed), t).bound()
                / (STEPS * draws);
      }
    }
    // −log p of the whole word; coarser steps leave the bound above.
    assertThat(3 * sum).isCloseTo(Math.log(4), within(0.35));
  }

  @Test
  void aMaskCountsItsCrossEntropyTimesTheWeight() {
    TokenCorruption text = Noise.PLAIN.of(LETTERS, "dog", 4);
    Examination examination =
        Examination.of(EXACT, LETTERS.vocabulary(), NoiseKind.ABSORBING, text, 64);
    assertThat(examination.answers()).hasSize(3);
    for (Examination.Answer answer : examination.answers()) {
      assertThat(answer.surprise()).isCloseTo(Math.log(4), within(1e-6));
      assertThat(answer.bound()).isCloseTo(text.lossWeight(64) * answer.surprise(), within(1e-6));
      assertThat(answer.earlier()[answer.noisy()])
          .isCloseTo(text.posterior(answer.position(), 64)[answer.noisy()], within(1e-6));
    }
    assertThat(examination.accuracy()).isZero();
    assertThat(examination.meanSurprise()).isCloseTo(Math.log(4), within(1e-6));
  }

  @Test
  void nothingIsAskedWhereNothingIsMasked() {
    TokenCorruption text = Noise.PLAIN.of(LETTERS, "dog", 0);
    Examination examination =
        Examination.of(EXACT, LETTERS.vocabulary(), NoiseKind.ABSORBING, text, 1);
    assertThat(examination.answers()).isEmpty();
    assertThat(examination.accuracy()).isNaN();
    assertThat(examination.bound()).isZero();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void anAnswerThatIsNoDistributionIsToldAndNotCounted(float logit) {
    TokenCorruption text = Noise.PLAIN.of(LETTERS, "dog", 4);
    TokenDenoiser broken = new Broken(EXACT, logit);
    assertThatThrownBy(
            () -> Examination.of(broken, LETTERS.vocabulary(), NoiseKind.ABSORBING, text, 64))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "The model answered at t 1.000 with logits of position 1 that are NaN or infinite; check the model.");
  }

  /** Answers as another does, but for the second row. */
  private record Broken(TokenDenoiser other, float logit) implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return other.vocabularySize();
    }

    @Override
    public int contextLength() {
      return other.contextLength();
    }

    @Override
    public RowMeaning rowMeaning() {
      return other.rowMeaning();
    }

    @Override
    public Prediction predict(Request request) {
      Prediction sound = other.predict(request);
      float[][] logits = sound.logits().clone();
      logits[1] = logits[1].clone();
      logits[1][5] = logit;
      return new Prediction(sound.rows(), logits);
    }

    @Override
    public void close() {}
  }

  @Test
  void aTextThatDoesNotFitTheModelIsRefused() {
    TokenCorruption text = Noise.PLAIN.of(LETTERS, "elephant", 0);
    assertThatThrownBy(
            () -> Examination.of(EXACT, LETTERS.vocabulary(), NoiseKind.ABSORBING, text, 30))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("8 tokens");
  }

  @Test
  void theTraceOfACorruptionGoesFromTheTextToItsNoise() {
    TokenCorruption text = Noise.PLAIN.of(LETTERS, "dog", 9);
    Trace<TokenState, TokenRecord> trace = ForwardTrace.of(LETTERS, Noise.PLAIN, text, 9, 40);
    assertThat(trace.steps()).isEqualTo(40);
    assertThat(trace.state(0).tokens()).isEqualTo(text.clean());
    assertThat(trace.state(40).tokens()).isEqualTo(text.at(40));
    assertThat(trace.state(40).time()).isEqualTo(40.0 / 64);
    ForwardTrace.check(trace);
    Trace<TokenState, TokenRecord> none = ForwardTrace.of(LETTERS, Noise.PLAIN, text, 9, 0);
    assertThatThrownBy(() -> ForwardTrace.check(none)).isInstanceOf(InputException.class);
  }

  @Test
  void tellsWhatCameBack() {
    int[] original = {1, 2, 3, 4};
    assertThat(Denoising.Restoration.of(original, new int[] {1, 0, 0, 4}, new int[] {1, 2, 9, 5}))
        .isEqualTo(new Denoising.Restoration(1, 1, 2));
    assertThat(new Denoising.Restoration(1, 1, 2).sentence())
        .isEqualTo("1 of 4 tokens kept, 1 came back, 2 changed.");
  }
}
