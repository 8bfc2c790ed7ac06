package dev.unmask.engine.evaluation;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.NextTokenDenoiser;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.training.Masks;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A bound on the negative log-likelihood of one window under one kind of model. */
public sealed interface WindowBound {
  /** The kind that goes with a model. */
  static WindowBound of(TokenDenoiser denoiser, Vocabulary vocabulary) {
    if (denoiser instanceof NextTokenDenoiser) {
      return new Causal();
    }
    if (denoiser.knows(NoiseKind.UNIFORM)) {
      return new Uniform(vocabulary.size());
    }
    int maskId = vocabulary.maskId();
    OptionalInt block = denoiser.blockSize();
    return block.isPresent() ? new Block(maskId, block.getAsInt()) : new Masked(maskId);
  }

  /**
   * Estimates of it in nats, each by itself right on average; infinite where the model gives a
   * token no chance.
   *
   * @param window clean tokens
   * @param samples how many, at least 2
   * @param random the numbers of this window
   * @throws dev.unmask.engine.InputException if the model answers with what is no distribution
   */
  double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random);

  /** How it is estimated, in a few words. */
  String words();

  private static Prediction answer(TokenDenoiser denoiser, Request request) {
    return denoiser
        .predict(request)
        .usable(request.positions(), "The model answered a window of the text", "check the model");
  }

  /** Of an autoregressive model, which knows the likelihood itself: every sample is the same. */
  record Causal() implements WindowBound {
    @Override
    public double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random) {
      int[] rows = IntStream.range(0, window.length).toArray();
      Prediction prediction =
          answer(denoiser, Request.ofSequence(window, Attention.CAUSAL, rows, Optional.empty()));
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

  /**
   * Of a masked diffusion model: LLaDA's Monte Carlo estimate (https://arxiv.org/abs/2502.09992,
   * equation 6). Of the n tokens of a window, l are masked, l uniform in 1 to n, and their
   * cross-entropies are weighted by n / l. The l of a window's samples are stratified.
   */
  record Masked(int maskId) implements WindowBound {
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
          answer(denoiser, Request.ofSequence(ids, Attention.FULL, rows, Optional.empty()));
      return IntStream.range(0, rows.length)
          .mapToDouble(i -> CrossEntropy.of(prediction.logits()[i], clean[rows[i]]))
          .sum();
    }

    @Override
    public String words() {
      return "LLaDA's bound, masks spread evenly over the samples";
    }
  }

  /**
   * Of a model of uniform noise in continuous time: the denoising score entropy with the weight
   * that makes it a bound (https://arxiv.org/abs/2310.16834, theorem 3.6), where α = 1 − t, so that
   * tokens jump at the rate 1 / (1 − t) to any of the vocabulary. The t of a window's samples are
   * stratified.
   */
  record Uniform(int vocabulary) implements WindowBound {
    /** The ends of time, where rates are infinite, are left out; they hold next to nothing. */
    private static final double EDGE = 1e-4;

    @Override
    public double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random) {
      double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
      Rows each = Rows.packed(IntStream.range(0, samples).toArray());
      double[][] chances = random.uniform64(Purpose.NOISE, each, 2 * window.length);
      return IntStream.range(0, samples)
          .mapToDouble(
              i -> {
                double u = (shift + (double) i / samples) % 1;
                return at(EDGE + (1 - 2 * EDGE) * u, denoiser, window, chances[i]);
              })
          .toArray();
    }

    private double at(double t, TokenDenoiser denoiser, int[] clean, double[] chances) {
      int[] noisy = clean.clone();
      for (int i = 0; i < noisy.length; i++) {
        if (chances[2 * i] < t) {
          noisy[i] = (int) (chances[2 * i + 1] * vocabulary);
        }
      }
      int[] rows = IntStream.range(0, noisy.length).toArray();
      UniformTransition through = new UniformTransition(vocabulary, 1 - t);
      Prediction prediction =
          answer(denoiser, Request.ofSequence(noisy, Attention.FULL, rows, Optional.empty()).at(t));
      double[] entropies = new double[rows.length];
      EachRow.of(
          rows.length,
          vocabulary,
          i -> {
            float[] row = prediction.logits()[i];
            float[] scores =
                denoiser.rowMeaning().as(RowMeaning.LOG_SCORES, row, noisy[i], through);
            entropies[i] = scoreEntropy(scores, clean[i], noisy[i], through);
          });
      double jumps = 1 / ((1 - t) * vocabulary);
      return jumps * IntStream.of(rows).mapToDouble(i -> entropies[i]).sum();
    }

    /** Σ over y ≠ x_t of s_y − r_y log s_y + r_y (log r_y − 1), r the ratio that x_0 gives. */
    private double scoreEntropy(
        float[] logScores, int clean, int noisy, UniformTransition through) {
      double whole = through.probability(clean, noisy);
      double sum = 0;
      for (int token = 0; token < vocabulary; token++) {
        if (token != noisy) {
          double ratio = through.probability(clean, token) / whole;
          double logRatio = StrictMath.log(ratio);
          sum += StrictMath.exp(logScores[token]) + ratio * (logRatio - 1 - logScores[token]);
        }
      }
      return sum;
    }

    @Override
    public String words() {
      return "the bound of uniform noise in continuous time, times spread evenly over the samples";
    }
  }

  /**
   * Of a block diffusion model (https://arxiv.org/abs/2503.09573, equation 7): the sum of the
   * blocks' bounds, each behind the clean blocks before it and estimated as {@link
   * WindowBound.Masked} does.
   *
   * @param size positions of a block; a window's last may be shorter
   */
  record Block(int maskId, int size) implements WindowBound {
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
          answer(
              denoiser, Request.ofSequence(ids, attention, asked, Optional.empty()).at(positions));
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

  /** The cross-entropy of a token under a row of logits. */
  final class CrossEntropy {
    private CrossEntropy() {}

    /** −log softmax(logits)[target], in nats. */
    static double of(float[] logits, int target) {
      return new Distribution(logits).logOfSum() - logits[target];
    }
  }
}
