package dev.unmask.engine.evaluation;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Of an autoregressive model, which knows the likelihood itself: every sample is the same. */
public record CausalLikelihood() implements WindowBound {
  @Override
  public double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random) {
    int[] rows = IntStream.range(0, window.length).toArray();
    Prediction prediction =
        denoiser.predict(Request.ofSequence(window, Attention.CAUSAL, rows, Optional.empty()));
    double[] nats = new double[samples];
    Arrays.fill(
        nats,
        IntStream.of(rows)
            .mapToDouble(row -> CrossEntropy.of(prediction.logits()[row], window[row]))
            .sum());
    return nats;
  }

  @Override
  public String words() {
    return "the exact likelihood, from left to right";
  }
}
