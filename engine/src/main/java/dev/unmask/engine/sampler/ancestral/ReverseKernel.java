package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Substitution;
import dev.unmask.engine.trace.TokenState;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What tells the ancestral samplers apart. What it says if nothing else is said is what holds of an
 * absorbing process: only masks are asked about, and the time matters to no prediction.
 */
@FunctionalInterface
interface ReverseKernel {
  /**
   * The step between two times.
   *
   * @param t in (0, 1]
   * @param s in [0, t]
   */
  Step step(TokenState state, float t, float s);

  /** The step from t to what is clean. */
  default Step last(TokenState state, float t) {
    return AbsorbingStep.ancestral(1, 0, state.length());
  }

  /** The noise that it removes. */
  default NoiseKind noise() {
    return NoiseKind.ABSORBING;
  }

  /** The kind of rows that it needs. */
  default RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  /** q(x_t | x_0), if it is needed to make rows of that kind. */
  default Optional<Transition> through(double t) {
    return Optional.empty();
  }

  /** Whether the denoiser is asked about a position where that token stands. */
  default boolean asks(int token, Vocabulary vocabulary) {
    return token == vocabulary.maskId();
  }

  /** What a row says, in the form that the weights are made of; a distribution over x_0 here. */
  default float[] predicted(float[] row, Vocabulary vocabulary) {
    return Substitution.probabilities(row, vocabulary);
  }

  /** p(x_0 | x_t) where that token stands. */
  default float[] clean(float[] predicted, int token, double t) {
    return predicted;
  }

  /** What is remembered of a sequence before its first step. */
  default Map<String, Values> memory(int length) {
    return Map.of();
  }

  /**
   * What is remembered after a step.
   *
   * @param tokens after the step
   * @param probability p(x_0) of each token drawn in it
   */
  default Map<String, Values> memory(
      TokenState before, int[] tokens, float[] probability, int maskId) {
    return Map.of();
  }

  /** Float32, which rows and draws are in, and float64, in which noise is computed. */
  final class Precision {
    private Precision() {}

    static double[] doubles(float[] values) {
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    static float[] floats(double[] values) {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }
  }

  /** What each position of a sequence may become in one reverse step. */
  interface Step {
    /** Whether a token may change that the denoiser was not asked about. */
    boolean moves(int position);

    /**
     * Weights of the tokens that a position may become, [V]; they need not sum to 1.
     *
     * @param token that stands there
     * @param predicted as {@link ReverseKernel#predicted} gives it, null if the denoiser was not
     *     asked
     */
    float[] weights(int position, int token, float[] predicted, Vocabulary vocabulary);

    /** How many tokens, from the first, are drawn among. */
    default int columns(Vocabulary vocabulary) {
      return vocabulary.size();
    }
  }
}
