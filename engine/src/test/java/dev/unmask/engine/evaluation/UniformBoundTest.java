package dev.unmask.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class UniformBoundTest {
  private static final double[] FREQUENCIES = {0.5, 0.3, 0.2};

  /** Where tokens are independent and their frequencies known, the bound is the likelihood. */
  @Test
  void ofAModelThatKnowsTheTruthIsTheEntropy() {
    TextBound bound = bound(new Independent(FREQUENCIES));
    double entropy = Arrays.stream(FREQUENCIES).map(p -> -p * Math.log(p)).sum();
    assertThat(bound.natsPerToken()).isCloseTo(entropy, within(4 * bound.standardError()));
    assertThat(bound.standardError()).isLessThan(0.05);
  }

  @Test
  void ofAModelThatIsWrongIsHigherByItsDivergence() {
    double[] believed = {0.2, 0.2, 0.6};
    double crossEntropy = 0;
    for (int i = 0; i < 3; i++) {
      crossEntropy -= FREQUENCIES[i] * Math.log(believed[i]);
    }
    TextBound bound = bound(new Independent(believed));
    assertThat(bound.natsPerToken()).isCloseTo(crossEntropy, within(4 * bound.standardError()));
  }

  private static TextBound bound(TokenDenoiser denoiser) {
    int[] text = {0, 1, 0, 2, 0, 1, 0, 2, 0, 1};
    return TextBound.estimate(
        denoiser, new WindowBound.Uniform(3), Collections.nCopies(1500, text), 4, 1);
  }

  /** Knows how often each token comes, and nothing else. */
  private record Independent(double[] frequencies) implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return 3;
    }

    @Override
    public int contextLength() {
      return 10;
    }

    @Override
    public RowMeaning rowMeaning() {
      return RowMeaning.LEAVE_ONE_OUT_LOGITS;
    }

    @Override
    public Prediction predict(Request request) {
      assertThat(request.time()).isPresent();
      float[] row = new float[3];
      for (int i = 0; i < 3; i++) {
        row[i] = (float) Math.log(frequencies[i]);
      }
      float[][] rows = new float[request.rows().length][];
      Arrays.fill(rows, row);
      return new Prediction(request.rows(), rows);
    }

    @Override
    public void close() {}
  }
}
