package dev.unmask.engine.corruption;

import dev.unmask.engine.InputException;
import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Posterior;
import dev.unmask.engine.noise.Transition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What training would have asked of a model at one t, and how well it answered.
 *
 * @param t of T
 * @param answers a position that it was asked about each
 * @param length of the text
 */
public record Examination(int t, List<Answer> answers, int length) {
  /**
   * One position.
   *
   * @param clean x_0, which was asked for
   * @param noisy x_t, which the model saw there
   * @param distribution p(x_0 | x_t), [V]; treat it as immutable
   * @param earlier p(x_{t−1} | x_t) that follows from it, [V]; treat it as immutable
   * @param bound its part of the bound at t, in nats: T KL(q(x_{t−1} | x_t, x_0) ‖ p(x_{t−1} |
   *     x_t))
   */
  public record Answer(
      int position, int clean, int noisy, double[] distribution, double[] earlier, double bound) {
    /** What the model thinks most probable. */
    public int predicted() {
      return IntStream.range(0, distribution.length)
          .reduce((best, token) -> distribution[token] > distribution[best] ? token : best)
          .orElseThrow();
    }

    /** −log p(x_0 | x_t), in nats. */
    public double surprise() {
      return -StrictMath.log(distribution[clean]);
    }
  }

  /**
   * Asks a model about what noise has left at t: about the masks, or where there are none about all
   * positions.
   *
   * @param t from 1
   * @throws InputException if the model was not made for this noise or for so long a text
   */
  public static Examination of(
      TokenDenoiser denoiser, Vocabulary vocabulary, NoiseKind kind, TokenCorruption text, int t) {
    int[] noisy = text.at(t);
    check(denoiser, kind, noisy.length);
    int[] rows =
        IntStream.range(0, noisy.length)
            .filter(i -> kind != NoiseKind.ABSORBING || noisy[i] == vocabulary.maskId())
            .toArray();
    if (rows.length == 0) {
      return new Examination(t, List.of(), noisy.length);
    }
    Transition through = text.process().through(t);
    Request request =
        Request.ofSequence(noisy, Attention.FULL, rows, Optional.empty())
            .at((double) t / text.steps())
            .with(Optional.of(through));
    Prediction prediction =
        denoiser
            .predict(request)
            .usable(
                request.positions(),
                "The model answered at t %.3f".formatted((double) t / text.steps()),
                "check the model")
            .as(denoiser.rowMeaning(), RowMeaning.CLEAN_LOGITS, noisy, through);
    int[] clean = text.clean();
    Answer[] answers = new Answer[rows.length];
    EachRow.of(
        rows.length,
        vocabulary.size(),
        i -> {
          double[] distribution = softmax(prediction.logits()[i], vocabulary.maskId());
          answers[i] = answer(text, t, rows[i], clean[rows[i]], noisy[rows[i]], distribution);
        });
    return new Examination(t, List.of(answers), noisy.length);
  }

  private static void check(TokenDenoiser denoiser, NoiseKind kind, int length) {
    if (!denoiser.knows(kind)) {
      throw new InputException(
          "The model was not made for %s noise, so it predicts nothing here; choose another model or other noise."
              .formatted(kind.word()));
    }
    if (length > denoiser.contextLength()) {
      throw new InputException(
          "The text has %d tokens, but the model was made for at most %d; shorten it."
              .formatted(length, denoiser.contextLength()));
    }
  }

  private static Answer answer(
      TokenCorruption text, int t, int position, int clean, int noisy, double[] distribution) {
    Posterior posterior = text.posterior(t);
    double[] truth = posterior.given(noisy, clean);
    double[] earlier = posterior.ofClean(noisy, distribution);
    return new Answer(
        position, clean, noisy, distribution, earlier, text.steps() * divergence(truth, earlier));
  }

  /** KL(p ‖ q), in nats. */
  private static double divergence(double[] p, double[] q) {
    return IntStream.range(0, p.length)
        .filter(token -> p[token] > 0)
        .mapToDouble(token -> p[token] * StrictMath.log(p[token] / q[token]))
        .sum();
  }

  /** Of a row, in which clean text never holds the mask. */
  private static double[] softmax(float[] logits, int maskId) {
    double[] weights = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
    if (maskId != Vocabulary.NO_MASK) {
      weights[maskId] = Double.NEGATIVE_INFINITY;
    }
    double most = Arrays.stream(weights).max().orElseThrow();
    double sum = 0;
    for (int token = 0; token < weights.length; token++) {
      weights[token] = StrictMath.exp(weights[token] - most);
      sum += weights[token];
    }
    double whole = sum;
    return Arrays.stream(weights).map(weight -> weight / whole).toArray();
  }

  /** What was asked about a position, if it was. */
  public Optional<Answer> at(int position) {
    return answers.stream().filter(answer -> answer.position() == position).findFirst();
  }

  /** Of several draws, in one line. */
  public static String summary(List<Examination> draws) {
    List<Answer> answers = draws.stream().flatMap(draw -> draw.answers().stream()).toList();
    Examination all =
        new Examination(
            draws.getFirst().t(), answers, draws.stream().mapToInt(Examination::length).sum());
    return String.format(
        Locale.ROOT,
        "%d draws, %d tokens asked for: %.1f%% right, mean −log p %.3f nats, bound at t %.3f nats a"
            + " token",
        draws.size(),
        answers.size(),
        100 * all.accuracy(),
        all.meanSurprise(),
        all.bound());
  }

  /** The share of answers that are right; NaN if nothing was asked. */
  public double accuracy() {
    return answers.stream()
        .mapToInt(answer -> answer.predicted() == answer.clean() ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** The mean of −log p(x_0 | x_t) over what was asked, in nats; NaN if nothing was. */
  public double meanSurprise() {
    return answers.stream().mapToDouble(Answer::surprise).average().orElse(Double.NaN);
  }

  /**
   * The bound at t, in nats a token of the text: its mean over t from 1 to T bounds −log p(x_0).
   */
  public double bound() {
    return answers.stream().mapToDouble(Answer::bound).sum() / length;
  }
}
