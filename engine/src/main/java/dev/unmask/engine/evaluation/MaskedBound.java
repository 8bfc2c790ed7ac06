package dev.unmask.engine.evaluation;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.training.Masks;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Of a masked diffusion model: LLaDA's Monte Carlo estimate (https://arxiv.org/abs/2502.09992,
 * equation 6). Of the n tokens of a window, l are masked, l uniform in 1 to n, and their
 * cross-entropies are weighted by n / l. The l of a window's samples are stratified.
 */
public record MaskedBound(int maskId) implements WindowBound {
  @Override
  public double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random) {
    int n = window.length;
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    double[][] order =
        random.uniform64(Purpose.NOISE, Rows.packed(IntStream.range(0, samples).toArray()), n);
    return IntStream.range(0, samples)
        .mapToDouble(
            i -> {
              int[] masked = Masks.draw(order[i], 0, n, (shift + (double) i / samples) % 1);
              return crossEntropy(denoiser, window, masked) * n / masked.length;
            })
        .toArray();
  }

  private double crossEntropy(TokenDenoiser denoiser, int[] clean, int[] rows) {
    int[] ids = clean.clone();
    for (int row : rows) {
      ids[row] = maskId;
    }
    Prediction prediction =
        denoiser.predict(Request.ofSequence(ids, Attention.FULL, rows, Optional.empty()));
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> CrossEntropy.of(prediction.logits()[i], clean[rows[i]]))
        .sum();
  }

  @Override
  public String words() {
    return "LLaDA's bound, masks spread evenly over the samples";
  }
}
