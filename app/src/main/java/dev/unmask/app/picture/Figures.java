package dev.unmask.app.picture;

import dev.unmask.engine.trace.TokenStep;

/**
 * What a step comes to in figures.
 *
 * @param masks positions that hold no token after it
 * @param leastConfidence among those that were predicted, in the sampler's own score; NaN if none
 * @param meanConfidence likewise
 * @param meanEntropy in nats; NaN if nothing was predicted
 * @param evaluations NFE so far, −1 if unknown
 */
public record Figures(
    int masks,
    int committed,
    int remasked,
    int edited,
    double leastConfidence,
    double meanConfidence,
    double meanEntropy,
    int evaluations) {
  static Figures of(Look[] looks, TokenStep decision, float[] entropy) {
    int[] counts = new int[Look.values().length];
    int masks = 0;
    for (Look look : looks) {
      counts[look.ordinal()]++;
      masks += look.masked() ? 1 : 0;
    }
    float[] confidence = decision.confidence();
    return new Figures(
        masks,
        counts[Look.COMMITTED_NOW.ordinal()],
        counts[Look.REMASKED.ordinal()],
        counts[Look.EDITED.ordinal()],
        Scale.NOTHING.with(confidence).least(),
        mean(confidence),
        mean(entropy),
        decision.next().evaluations());
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
