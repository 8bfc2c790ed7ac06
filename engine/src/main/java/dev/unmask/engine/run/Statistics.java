package dev.unmask.engine.run;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.trace.Candidates;
import java.util.Arrays;

/**
 * What a trace keeps of a prediction.
 *
 * @param entropy in nats a position, NaN where nothing was predicted
 * @param candidates the most probable tokens at every position
 */
record Statistics(float[] entropy, Candidates candidates) {
  /**
   * Of a prediction.
   *
   * @param positions of the slots in a sequence of this length
   * @param kept K
   */
  static Statistics of(Prediction prediction, int[] positions, int length, int kept) {
    float[] entropy = new float[length];
    int[] ids = new int[length * kept];
    float[] probabilities = new float[length * kept];
    Arrays.fill(entropy, Float.NaN);
    Arrays.fill(ids, -1);
    Distribution[] distributions = prediction.distributions();
    EachRow.of(
        distributions.length,
        distributions.length == 0 ? 0 : prediction.logits()[0].length,
        i -> {
          int position = positions[prediction.rows()[i]];
          entropy[position] = (float) distributions[i].entropy();
          int[] best = distributions[i].mostProbable(kept);
          for (int k = 0; k < best.length; k++) {
            ids[position * kept + k] = best[k];
            probabilities[position * kept + k] = (float) distributions[i].probability(best[k]);
          }
        });
    return new Statistics(entropy, new Candidates(kept, ids, probabilities));
  }
}
