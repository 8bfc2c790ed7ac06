package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.RateProcess;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.Optional;

/**
 * Draws by concrete scores p_t(y) / p_t(x_t) (<a href="https://arxiv.org/abs/2310.16834">SEDD</a>).
 *
 * @param leap what a step makes of them
 */
record ScoreKernel(NoiseKind noise, RateProcess process, Leap leap) implements ReverseKernel {
  /** A way to step from t to s. */
  @FunctionalInterface
  interface Leap {
    /**
     * Weights of the tokens that a position may become, [V].
     *
     * @param token that stands there
     * @param scores p_t(y) / p_t(x_t), [V]
     */
    double[] weights(RateProcess process, float t, float s, int token, double[] scores);
  }

  /** Undoes noise, which leaves p_s(y) / p_t(x_t), and multiplies by q(x_t | x_s = y). */
  static double[] posterior(Transition noise, int token, double[] scores) {
    // (e^(−σQ) s_θ)_y (e^(σQ))(x_t, y), with σ = σ(t) − σ(s)
    double[] weights = noise.undo(scores);
    double[] likelihood = noise.column(token);
    for (int y = 0; y < weights.length; y++) {
      weights[y] = Math.max(0, weights[y] * likelihood[y]);
    }
    return weights;
  }

  @Override
  public ReverseKernel.Step step(TokenState state, float t, float s) {
    return new Step(process, t, s, leap, false);
  }

  /** The posterior of what is clean, which is never the mask. */
  @Override
  public ReverseKernel.Step last(TokenState state, float t) {
    Leap clean = (_, _, _, token, scores) -> posterior(process.through(t), token, scores);
    return new Step(process, t, 0, clean, true);
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.LOG_SCORES;
  }

  @Override
  public Optional<Transition> through(double t) {
    return Optional.of(process.through(t));
  }

  @Override
  public boolean asks(int token, Vocabulary vocabulary) {
    return noise != NoiseKind.ABSORBING || token == vocabulary.maskId();
  }

  /** Logarithms still: near 1, scores have more digits so. Uniform noise has no way to a mask. */
  @Override
  public float[] predicted(float[] row, Vocabulary vocabulary) {
    return noise == NoiseKind.UNIFORM && vocabulary.hasMask()
        ? Logits.without(row, new int[] {vocabulary.maskId()})
        : row;
  }

  @Override
  public float[] clean(float[] predicted, int token, double t) {
    double[] clean = posterior(process.through(t), token, scores(predicted));
    double sum = Arrays.stream(clean).sum();
    return ReverseKernel.Precision.floats(
        Arrays.stream(clean).map(weight -> weight / sum).toArray());
  }

  private static double[] scores(float[] logarithms) {
    return Arrays.stream(ReverseKernel.Precision.doubles(logarithms))
        .map(StrictMath::exp)
        .toArray();
  }

  private record Step(RateProcess process, float t, float s, Leap leap, boolean last)
      implements ReverseKernel.Step {
    @Override
    public boolean moves(int position) {
      return false;
    }

    @Override
    public float[] weights(int position, int token, float[] predicted, Vocabulary vocabulary) {
      double[] weights = leap.weights(process, t, s, token, scores(predicted));
      if (last && vocabulary.hasMask()) {
        weights[vocabulary.maskId()] = 0;
      }
      return ReverseKernel.Precision.floats(weights);
    }

    /** The reference cuts off a mask that is the last of its tokens. */
    @Override
    public int columns(Vocabulary vocabulary) {
      int lastToken = vocabulary.size() - 1;
      return last && vocabulary.maskId() == lastToken ? lastToken : vocabulary.size();
    }
  }
}
