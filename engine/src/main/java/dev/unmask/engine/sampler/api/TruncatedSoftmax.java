package dev.unmask.engine.sampler.api;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.arithmetic.Peaks;
import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.random.Multinomial;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.List;

/**
 * The distribution that tokens are drawn from: softmax(logits / temperature), of which only the
 * nucleus (https://arxiv.org/abs/1904.09751) and of that only the most probable tokens are left, or
 * of these only the nucleus.
 *
 * @param temperature 0 divides by nothing and takes the most probable token
 * @param topP share of probability that is left, rounded up to whole tokens; 1 leaves all
 * @param topK number of tokens that are left; 0 leaves all
 * @param ofTopK whether the nucleus is cut out of the most probable tokens
 */
public record TruncatedSoftmax(double temperature, double topP, int topK, boolean ofTopK) {
  private static final Setting.Real TEMPERATURE =
      new Setting.Real(
          "temperature",
          0.0,
          0,
          100,
          "Divides the logits that tokens are drawn from; 0 takes the most probable token");
  private static final Setting.Real TOP_P =
      new Setting.Real(
          "top-p",
          1.0,
          0,
          1,
          "Draw from the fewest tokens that together have more than this probability");
  public static final Setting.Whole TOP_K =
      new Setting.Whole(
          "top-k",
          0,
          0,
          Setting.Whole.MOST,
          "Draw from so many of the most probable tokens; 0 is all");

  /** What a sampler that draws so is told. */
  public static final List<Setting<?>> SETTINGS = List.of(TEMPERATURE, TOP_P, TOP_K);

  /** With the most probable tokens cut out of the nucleus. */
  TruncatedSoftmax(double temperature, double topP, int topK) {
    this(temperature, topP, topK, false);
  }

  public static TruncatedSoftmax of(Settings settings) {
    return new TruncatedSoftmax(
        settings.get(TEMPERATURE), settings.get(TOP_P), settings.get(TOP_K));
  }

  /** The same, but for the nucleus, which is cut out of the most probable tokens. */
  public TruncatedSoftmax nucleusOfTopK() {
    return new TruncatedSoftmax(temperature, topP, topK, true);
  }

  /** The same, but for a temperature of 0: then nothing is cut off. */
  public TruncatedSoftmax wholeWhereGreedy() {
    return temperature > 0 ? this : new TruncatedSoftmax(temperature, 1, 0, ofTopK);
  }

  /** The probabilities of a row of logits, 0 for what is cut off. */
  public float[] probabilities(float[] logits) {
    float[] tempered = Logits.divided(logits, (float) temperature);
    return Logits.softmax(
        ofTopK ? nucleus(mostProbable(tempered)) : mostProbable(nucleus(tempered)));
  }

  /** The same of many rows. */
  public float[][] probabilities(float[][] logits) {
    return EachRow.map(logits, this::probabilities);
  }

  /** A token for each row of probabilities, in the order and with the draws of torch's. */
  public int[] tokens(float[][] probabilities, int columns, Rows rows, RandomSource random) {
    return temperature > 0
        ? Multinomial.categorical(probabilities, columns, Purpose.TOKEN, rows, random)
        : Arrays.stream(probabilities).mapToInt(Logits::argmax).toArray();
  }

  private float[] nucleus(float[] logits) {
    if (topP >= 1) {
      return logits;
    }
    float[] probabilities = Logits.softmax(logits);
    int[] descending =
        Ranking.descending(Nucleus.candidates(probabilities, topP), logits).toArray();
    float[] kept = new float[logits.length];
    Arrays.fill(kept, Float.NEGATIVE_INFINITY);
    double before = 0;
    for (int rank = 0; rank < descending.length && (float) before <= (float) topP; rank++) {
      int token = descending[rank];
      kept[token] = logits[token];
      before += probabilities[token];
    }
    return kept;
  }

  /** Ties with the last of them are left too. */
  private float[] mostProbable(float[] logits) {
    if (topK == 0 || topK >= logits.length) {
      return logits;
    }
    float least = logits[new Peaks(logits).indexes(topK)[topK - 1]];
    float[] kept = logits.clone();
    for (int token = 0; token < kept.length; token++) {
      kept[token] = kept[token] < least ? Float.NEGATIVE_INFINITY : kept[token];
    }
    return kept;
  }
}
