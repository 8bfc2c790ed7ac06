package dev.unmask.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MaskedBoundTest {
  private static final int MASK = 1;

  @Test
  void aModelThatKnowsNothingIsBoundByTheVocabulary() {
    TextBound bound = estimate(masked -> Math.log(2), 3);
    assertThat(bound.natsPerToken()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(bound.standardError()).isCloseTo(0, within(1e-6));
    assertThat(bound.tokens()).isEqualTo(700);
  }

  /** The bound is the mean of the cross-entropy over l = 1 … 7, whatever it is at each. */
  @Test
  void everyNumberOfMasksCountsTheSame() {
    TextBound bound = estimate(masked -> masked / 2.0, 20);
    assertThat(bound.natsPerToken()).isCloseTo(2, within(0.02));
    assertThat(bound.standardError()).isCloseTo(1 / Math.sqrt(2000), within(2e-3));
  }

  @Test
  void anAnswerThatIsNoDistributionIsToldAndNotCounted() {
    assertThatThrownBy(() -> estimate(masked -> masked == 3 ? Double.NaN : 1, 20))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "The model answered a window of the text with logits of position \\d that are NaN or infinite; check the model\\.");
  }

  @Test
  void aTokenWithoutAChanceHasNoBound() {
    TokenDenoiser sure =
        new Fixed(masked -> 1) {
          @Override
          float[] row(int masks) {
            return new float[] {Float.NEGATIVE_INFINITY, 0};
          }
        };
    assertThatThrownBy(
            () ->
                TextBound.estimate(
                    sure, new WindowBound.Masked(MASK), List.of(new int[3], new int[7]), 2, 4))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "The model gives a token of the text's window 1 no chance at all, so the bound is infinite; give another text or model.");
  }

  @Test
  void windowsAreCutWithinDocuments() {
    List<int[]> windows = TextBound.windows(List.of(new int[] {1, 2, 3, 4, 5}, new int[] {6}), 2);
    assertThat(windows)
        .containsExactly(new int[] {1, 2}, new int[] {3, 4}, new int[] {5}, new int[] {6});
  }

  /** Of 100 windows of seven times token 0, under a model whose loss depends on the masks alone. */
  private static TextBound estimate(IntToDoubleFunction crossEntropy, int samples) {
    List<int[]> windows = Collections.nCopies(100, new int[7]);
    return TextBound.estimate(
        new Fixed(crossEntropy), new WindowBound.Masked(MASK), windows, samples, 4);
  }

  /** Knows two tokens, and gives 0 the probability exp(−crossEntropy(number of masks)). */
  private static class Fixed implements TokenDenoiser {
    private final IntToDoubleFunction crossEntropy;

    Fixed(IntToDoubleFunction crossEntropy) {
      this.crossEntropy = crossEntropy;
    }

    float[] row(int masks) {
      return new float[] {0, (float) Math.log(Math.expm1(crossEntropy.applyAsDouble(masks)))};
    }

    @Override
    public int vocabularySize() {
      return 2;
    }

    @Override
    public int contextLength() {
      return 7;
    }

    @Override
    public RowMeaning rowMeaning() {
      return RowMeaning.CLEAN_LOGITS;
    }

    @Override
    public Prediction predict(Request request) {
      int masks = request.rows().length;
      for (int row : request.rows()) {
        assertThat(request.ids()[row]).isEqualTo(MASK);
      }
      float[][] logits = new float[masks][];
      Arrays.fill(logits, row(masks));
      return new Prediction(request.rows(), logits);
    }

    @Override
    public void close() {}
  }
}
