package dev.unmask.engine.denoiser.exact;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.AbsorbingTransition;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Transition;
import java.util.Arrays;
import java.util.List;

/**
 * The denoiser that makes no error: Bayes' rule over a known distribution of clean sequences, all
 * of which are enumerated. It sees every slot, whatever the attention. Of noise that a sampler does
 * not tell it takes for granted that it masks, however much.
 *
 * @param vocabulary of which no sequence holds the mask
 * @param sequences all of one length
 * @param others the probability, shared evenly, that it is any sequence at all of tokens that are
 *     not the mask, in [0, 1); 0 if there are none but those listed
 */
public record ExactDenoiser(
    Vocabulary vocabulary, List<Sequence> sequences, double others, RowMeaning rowMeaning)
    implements TokenDenoiser {
  /**
   * A clean sequence.
   *
   * @param weight its probability, up to a factor that all share
   */
  public record Sequence(int[] tokens, double weight) {}

  /** None but these sequences. */
  public ExactDenoiser(Vocabulary vocabulary, List<Sequence> sequences, RowMeaning rowMeaning) {
    this(vocabulary, sequences, 0, rowMeaning);
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public int contextLength() {
    return sequences.getFirst().tokens().length;
  }

  /** Any, if there is a mask to take for granted. */
  @Override
  public boolean knows(NoiseKind kind) {
    return vocabulary.hasMask() || kind != NoiseKind.ABSORBING;
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
    Transition transition = request.noise().orElseGet(this::anyMasking);
    return Arrays.stream(request.rows())
        .mapToObj(slot -> row(ids, request.positions(), slot, transition))
        .toArray(float[][]::new);
  }

  /** How much is masked tells nothing of what is masked. */
  private Transition anyMasking() {
    return new AbsorbingTransition(vocabulary.size(), vocabulary.maskId(), 0.5);
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
    double[] result = new double[vocabulary.size()];
    double whole = 0;
    for (Sequence sequence : sequences) {
      double probability = sequence.weight();
      for (int other = 0; other < ids.length && probability > 0; other++) {
        if (other != slot) {
          int clean = sequence.tokens()[positions[other]];
          probability *= transition.probability(clean, ids[other]);
        }
      }
      result[sequence.tokens()[positions[slot]]] += probability;
      whole += sequence.weight();
    }
    addOthers(result, whole * others / (1 - others), ids, slot, transition);
    return result;
  }

  /** Adds what sequences of even tokens give, which have this weight together. */
  private void addOthers(
      double[] result, double weight, int[] ids, int slot, Transition transition) {
    if (weight == 0) {
      return;
    }
    double[] even = new double[result.length];
    Arrays.fill(even, 1.0 / (vocabulary.hasMask() ? even.length - 1 : even.length));
    if (vocabulary.hasMask()) {
      even[vocabulary.maskId()] = 0;
    }
    double[] noised = transition.apply(even);
    double probability = weight;
    for (int other = 0; other < ids.length; other++) {
      probability *= other == slot ? 1 : noised[ids[other]];
    }
    for (int token = 0; token < result.length; token++) {
      result[token] += probability * even[token];
    }
  }

  /** Holds nothing outside the heap. */
  @Override
  public void close() {}
}
