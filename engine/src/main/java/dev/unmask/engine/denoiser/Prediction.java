package dev.unmask.engine.denoiser;

import dev.unmask.engine.InputException;
import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.noise.Transition;
import java.util.stream.IntStream;

/**
 * A denoiser's answer: for each requested slot its row over the vocabulary, guidance already
 * applied.
 */
public final class Prediction {
  private final int[] rows;
  private final float[][] logits;
  private Distribution[] distributions;

  /**
   * An answer.
   *
   * @param rows the slots, as requested
   * @param logits a row of vocabulary size for each of them, which does not change any more
   */
  public Prediction(int[] rows, float[][] logits) {
    this.rows = rows;
    this.logits = logits;
  }

  /** The slots, as requested. */
  public int[] rows() {
    return rows;
  }

  /** A row of vocabulary size for each of them; treat it as immutable. */
  public float[][] logits() {
    return logits;
  }

  /** The softmax of each row of logits, computed when it is first asked for. */
  public Distribution[] distributions() {
    if (distributions == null) {
      var computed = new Distribution[logits.length];
      EachRow.of(
          logits.length,
          logits.length == 0 ? 0 : logits[0].length,
          i -> computed[i] = new Distribution(logits[i]));
      distributions = computed;
    }
    return distributions;
  }

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
        .filter(i -> !distributions()[i].exists())
        .findFirst()
        .ifPresent(
            i -> {
              throw new InputException(
                  "%s with logits of position %d that are NaN or infinite; %s."
                      .formatted(answered, positions[rows[i]], remedy));
            });
    return this;
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
    EachRow.of(
        rows.length,
        through.size(),
        i -> converted[i] = from.as(to, logits[i], ids[rows[i]], through));
    return new Prediction(rows, converted);
  }
}
