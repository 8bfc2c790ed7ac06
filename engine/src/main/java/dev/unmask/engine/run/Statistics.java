package dev.unmask.engine.run;

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
    for (int i = 0; i < prediction.rows().length; i++) {
      int position = positions[prediction.rows()[i]];
      float[] logits = prediction.logits()[i];
      int first = position * kept;
      int found = greatest(logits, ids, first, kept);
      double greatest = logits[ids[first]];
      double sum = 0;
      double weighted = 0;
      for (float logit : logits) {
        double distance = logit - greatest;
        double weight = StrictMath.exp(distance);
        sum += weight;
        // A logit of minus infinity has no weight, and its product would be no number.
        weighted += weight > 0 ? weight * distance : 0;
      }
      entropy[position] = (float) (StrictMath.log(sum) - weighted / sum);
      for (int k = first; k < first + found; k++) {
        probabilities[k] = (float) (StrictMath.exp(logits[ids[k]] - greatest) / sum);
      }
    }
    return new Statistics(entropy, new Candidates(kept, ids, probabilities));
  }

  /** Writes the ids of the greatest logits, greatest first, the lower id first among equals. */
  private static int greatest(float[] logits, int[] ids, int first, int most) {
    int found = 0;
    for (int token = 0; token < logits.length; token++) {
      if (found == most && !(logits[token] > logits[ids[first + most - 1]])) {
        continue;
      }
      int place = found < most ? found++ : most - 1;
      while (place > 0 && logits[token] > logits[ids[first + place - 1]]) {
        ids[first + place] = ids[first + place - 1];
        place--;
      }
      ids[first + place] = token;
    }
    return found;
  }
}
