package dev.unmask.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.NextTokenDenoiser;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausalLikelihoodTest {
  private static final int END = 2;

  @Test
  void isThatOfEachTokenBehindTheOneBeforeIt() {
    TextBound bound =
        TextBound.estimate(
            new NextTokenDenoiser(new Repeating(), END),
            new WindowBound.Causal(),
            List.of(new int[] {END, END, 0, 0}, new int[] {1}),
            2,
            0);
    double nats = 3 * -Math.log(0.5) + 2 * -Math.log(0.25);
    assertThat(bound.natsPerToken()).isCloseTo(nats / 5, within(1e-6));
    assertThat(bound.standardError()).isZero();
  }

  /** Says that the next of three tokens is the last one again, with probability one half. */
  private record Repeating() implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return 3;
    }

    @Override
    public int contextLength() {
      return 4;
    }

    @Override
    public RowMeaning rowMeaning() {
      return RowMeaning.CLEAN_LOGITS;
    }

    @Override
    public Prediction predict(Request request) {
      float[][] logits = new float[request.rows().length][3];
      for (int i = 0; i < logits.length; i++) {
        logits[i][request.ids()[request.rows()[i]]] = (float) Math.log(2);
      }
      return new Prediction(request.rows(), logits);
    }

    @Override
    public void close() {}
  }
}
