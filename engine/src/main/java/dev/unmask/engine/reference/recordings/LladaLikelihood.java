package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.TorchRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * LLaDA's Monte Carlo bound on an answer's log-likelihood given its prompt
 * (https://arxiv.org/abs/2502.09992, equation 6 and algorithm 3): −Σ −log p(answer | masked answer)
 * / (share masked), averaged over maskings. As in the authors' get_log_likelihood.py, the shares of
 * a batch are spread evenly.
 *
 * @param guidance scale, 0 is off
 */
public record LladaLikelihood(TokenDenoiser denoiser, int maskId, float guidance) {
  /**
   * An estimate, in nats.
   *
   * @param noisy the masked sequences of each batch
   */
  public record Estimate(double logLikelihood, List<int[][]> noisy) {}

  /**
   * Estimates.
   *
   * @param batches how many
   * @param batchSize maskings in a batch
   */
  public Estimate estimate(
      int[] prompt, int[] answer, int batches, int batchSize, TorchRandom random) {
    List<int[][]> noisy = new ArrayList<>();
    double loss = 0;
    for (int batch = 0; batch < batches; batch++) {
      int[] counts = counts(answer.length, batchSize, random);
      int[][] sequences =
          Arrays.stream(counts)
              .mapToObj(count -> masked(prompt, answer, count, random))
              .toArray(int[][]::new);
      for (int i = 0; i < batchSize; i++) {
        float share = (float) counts[i] / answer.length;
        loss += crossEntropy(sequences[i], prompt.length, answer) / share / batchSize;
      }
      noisy.add(sequences);
    }
    return new Estimate(-loss / batches, noisy);
  }

  /** How many tokens each sequence of a batch has masked: evenly spread from a random first. */
  private static int[] counts(int length, int batchSize, TorchRandom random) {
    int first = random.integer(1, length + 1);
    float last = (float) (first + (batchSize - 1) * ((double) length / batchSize));
    float step = batchSize == 1 ? 0 : (last - first) / (batchSize - 1);
    return IntStream.range(0, batchSize)
        // As torch.linspace: counted from the nearer end.
        .mapToDouble(i -> i < batchSize / 2 ? first + step * i : last - step * (batchSize - 1 - i))
        .mapToInt(count -> ((int) Math.rint(count) - 1) % length + 1)
        .toArray();
  }

  private int[] masked(int[] prompt, int[] answer, int count, TorchRandom random) {
    int[] sequence = Arrays.copyOf(prompt, prompt.length + answer.length);
    int[] order = random.permutation(answer.length);
    for (int i = 0; i < answer.length; i++) {
      sequence[prompt.length + i] = order[i] < count ? maskId : answer[i];
    }
    return sequence;
  }

  /** Summed over the masked positions of the answer. */
  private double crossEntropy(int[] sequence, int start, int[] answer) {
    int[] rows =
        IntStream.range(start, sequence.length).filter(i -> sequence[i] == maskId).toArray();
    float[][] logits =
        denoiser
            .predict(Request.ofSequence(sequence, Attention.FULL, rows, guidance(sequence, start)))
            .logits();
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> -logProbability(logits[i], answer[rows[i] - start]))
        .sum();
  }

  private Optional<Guidance> guidance(int[] sequence, int start) {
    if (guidance == 0) {
      return Optional.empty();
    }
    int[] unconditional = sequence.clone();
    Arrays.fill(unconditional, 0, start, maskId);
    return Optional.of(new Guidance(guidance, unconditional));
  }

  private static double logProbability(float[] logits, int token) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - greatest);
    }
    return logits[token] - greatest - StrictMath.log(sum);
  }
}
