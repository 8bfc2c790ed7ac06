package dev.unmask.engine.denoiser;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.AbsorbingTransition;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Transition;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The denoiser that makes no error: Bayes' rule over a known distribution of clean sequences, all
 * of which are enumerated. It sees every slot, whatever the attention.
 *
 * @param vocabularySize V, the mask included if there is one
 * @param sequences every sequence that there is, all of one length
 * @param noise q(x_t | x_0) of a token at time t
 */
public record ExactDenoiser(
    int vocabularySize,
    List<Sequence> sequences,
    DoubleFunction<Transition> noise,
    RowMeaning rowMeaning)
    implements TokenDenoiser {
  /**
   * A clean sequence.
   *
   * @param weight its probability, up to a factor that all share
   */
  public record Sequence(int[] tokens, double weight) {}

  /** For absorbing noise, of which it need not know how much there is. */
  public static ExactDenoiser ofMasks(int vocabularySize, int maskId, List<Sequence> sequences) {
    Transition any = new AbsorbingTransition(vocabularySize, maskId, 0.5);
    return new ExactDenoiser(vocabularySize, sequences, _ -> any, RowMeaning.CLEAN_LOGITS);
  }

  @Override
  public int contextLength() {
    return sequences.getFirst().tokens().length;
  }

  /** Of what noise it is its maker's to know. */
  @Override
  public boolean knows(NoiseKind kind) {
    return true;
  }

  @Override
  public Prediction predict(Request request) {
    float[][] rows = rows(request, request.ids());
    request
        .guidance()
        .ifPresent(
            guidance -> {
              float[][] unconditional = rows(request, guidance.unconditional());
              for (int i = 0; i < rows.length; i++) {
                guidance.apply(rows[i], unconditional[i]);
              }
            });
    return new Prediction(request.rows(), rows);
  }

  private float[][] rows(Request request, int[] ids) {
    Transition transition = noise.apply(request.time().orElse(Double.NaN));
    return Arrays.stream(request.rows())
        .mapToObj(slot -> row(ids, request.positions(), slot, transition))
        .toArray(float[][]::new);
  }

  private float[] row(int[] ids, int[] positions, int slot, Transition transition) {
    double[] others = leaveOneOut(ids, positions, slot, transition);
    if (!(transition.apply(others)[ids[slot]] > 0)) {
      throw new InputException(
          "No sequence that the model knows can have become %s; give it other tokens."
              .formatted(Arrays.toString(ids)));
    }
    return rowMeaning.of(others, ids[slot], transition);
  }

  /** ∝ p(x_0 in this slot | x_t in all others), [V]. */
  private double[] leaveOneOut(int[] ids, int[] positions, int slot, Transition transition) {
    double[] others = new double[vocabularySize];
    for (Sequence sequence : sequences) {
      double probability = sequence.weight();
      for (int other = 0; other < ids.length && probability > 0; other++) {
        if (other != slot) {
          int clean = sequence.tokens()[positions[other]];
          probability *= transition.probability(clean, ids[other]);
        }
      }
      others[sequence.tokens()[positions[slot]]] += probability;
    }
    return others;
  }

  /** Holds nothing outside the heap. */
  @Override
  public void close() {}
}
