package dev.unmask.engine.denoiser;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.Transition;
import java.util.stream.IntStream;

/**
 * A denoiser's answer: for each requested slot its row over the vocabulary, guidance already
 * applied.
 *
 * @param rows the slots, as requested
 * @param logits a row of vocabulary size for each of them; treat it as immutable
 */
public record Prediction(int[] rows, float[][] logits) {
  /**
   * The same, if there is a use for every row: for none with NaN or +∞ in it, or with −∞ alone,
   * which is what no token can be.
   *
   * @param positions of the request
   * @param answered who answered what, in words
   * @param remedy what to do, in the imperative
   * @throws InputException that names the first position of which that is not so
   */
  public Prediction usable(int[] positions, String answered, String remedy) {
    IntStream.range(0, rows.length)
        .filter(i -> isBroken(logits[i]))
        .findFirst()
        .ifPresent(
            i -> {
              throw new InputException(
                  "%s with logits of position %d that are NaN or infinite; %s."
                      .formatted(answered, positions[rows[i]], remedy));
            });
    return this;
  }

  private static boolean isBroken(float[] row) {
    boolean possible = false;
    for (float logit : row) {
      if (!(logit < Float.POSITIVE_INFINITY)) {
        return true;
      }
      possible |= logit > Float.NEGATIVE_INFINITY;
    }
    return !possible;
  }

  /**
   * The same with rows of another meaning.
   *
   * @param ids of the request
   * @param through q(x_t | x_0)
   */
  public Prediction as(RowMeaning from, RowMeaning to, int[] ids, Transition through) {
    if (from == to) {
      return this;
    }
    float[][] converted = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      converted[i] = from.as(to, logits[i], ids[rows[i]], through);
    }
    return new Prediction(rows, converted);
  }
}
