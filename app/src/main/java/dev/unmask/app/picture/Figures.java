package dev.unmask.app.picture;

import dev.unmask.engine.trace.TokenStep;

/**
 * What a step comes to in figures.
 *
 * @param masks positions that hold no token after it
 * @param noise positions that hold what the run started from, where that is no mask
 * @param written tokens that stand there and were not given
 * @param leastConfidence among those that were predicted, in the sampler's own score; NaN if none
 * @param meanConfidence likewise
 * @param meanEntropy in nats; NaN if nothing was predicted
 * @param endMass the mean probability, where it was predicted, of the tokens that end a text, as
 *     far as they are among the candidates; NaN if nothing was predicted or none is known
 * @param evaluations NFE so far, −1 if unknown
 */
public record Figures(
    int masks,
    int noise,
    int written,
    int committed,
    int remasked,
    int edited,
    double leastConfidence,
    double meanConfidence,
    double meanEntropy,
    double endMass,
    int evaluations) {
  static Figures of(Look[] looks, TokenStep decision, float[] entropy, double endMass) {
    int[] counts = new int[Look.values().length];
    int masks = 0;
    for (Look look : looks) {
      counts[look.ordinal()]++;
      masks += look.masked() ? 1 : 0;
    }
    float[] confidence = decision.confidence();
    return new Figures(
        masks,
        counts[Look.NOISE.ordinal()],
        counts[Look.COMMITTED_NOW.ordinal()]
            + counts[Look.COMMITTED.ordinal()]
            + counts[Look.EDITED.ordinal()],
        counts[Look.COMMITTED_NOW.ordinal()],
        counts[Look.REMASKED.ordinal()],
        counts[Look.EDITED.ordinal()],
        Scale.NOTHING.with(confidence).least(),
        mean(confidence),
        mean(entropy),
        endMass,
        decision.next().evaluations());
  }

  /** Positions that are no text yet. */
  public int left() {
    return masks + noise;
  }

  /** Tokens that stand there to an evaluation; NaN before the first, or where that is unknown. */
  public double tokensPerEvaluation() {
    return evaluations <= 0 ? Double.NaN : (double) written / evaluations;
  }

  private static double mean(float[] values) {
    double sum = 0;
    int count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
