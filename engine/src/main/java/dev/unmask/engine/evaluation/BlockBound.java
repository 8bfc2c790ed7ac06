package dev.unmask.engine.evaluation;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.training.Masks;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Of a block diffusion model (https://arxiv.org/abs/2503.09573, equation 7): the sum of the blocks'
 * bounds, each behind the clean blocks before it and estimated as {@link MaskedBound} does.
 *
 * @param size positions of a block; a window's last may be shorter
 */
public record BlockBound(int maskId, int size) implements WindowBound {
  @Override
  public double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random) {
    int blocks = Math.ceilDiv(window.length, size);
    Rows all = Rows.packed(IntStream.range(0, samples).toArray());
    double[] shifts = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), blocks)[0];
    double[][] order = random.uniform64(Purpose.NOISE, all, window.length);
    return IntStream.range(0, samples)
        .mapToDouble(i -> sample(denoiser, window, shifts, (double) i / samples, order[i]))
        .toArray();
  }

  private double sample(
      TokenDenoiser denoiser, int[] clean, double[] shifts, double offset, double[] order) {
    int n = clean.length;
    int[] ids = Arrays.copyOf(clean, 2 * n);
    System.arraycopy(clean, 0, ids, n, n);
    double[] weights = new double[n];
    for (int start = 0; start < n; start += size) {
      int end = Math.min(start + size, n);
      int[] places = Masks.draw(order, start, end, (shifts[start / size] + offset) % 1);
      for (int place : places) {
        weights[place] = (double) (end - start) / places.length;
        ids[place] = maskId;
      }
    }
    int[] asked = IntStream.range(0, n).filter(place -> weights[place] > 0).toArray();
    int[] positions = IntStream.range(0, 2 * n).map(slot -> slot % n).toArray();
    Attention attention = new Attention.BlockDiffusion(size, n);
    Prediction prediction =
        denoiser.predict(Request.ofSequence(ids, attention, asked, Optional.empty()).at(positions));
    return IntStream.range(0, asked.length)
        .mapToDouble(
            i -> weights[asked[i]] * CrossEntropy.of(prediction.logits()[i], clean[asked[i]]))
        .sum();
  }

  @Override
  public String words() {
    return "the bound of block diffusion in blocks of %d, masks spread evenly over the samples"
        .formatted(size);
  }
}
