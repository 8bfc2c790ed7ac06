package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.ContinuousProcess;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Posterior;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.Optional;

/**
 * Draws from the posterior ∝ Σ q(x_s, x_t | x_0) p̃(x_0) over the clean tokens x_0 of a position
 * (<a href="https://arxiv.org/abs/2412.10193">UDLM</a>, equation 8; <a
 * href="https://arxiv.org/abs/2503.04482">GIDD</a>, equation 10), or from a share κ of it and for
 * the rest anew from where x_0 would be at s (<a
 * href="https://arxiv.org/abs/2602.21185">Ψ-samplers</a>).
 *
 * <p>Variables ↔ symbols: token ↔ x_t, others ↔ p̃(x_0), back ↔ q(x_s | x_t, ·), anew ↔ q(x_s |
 * x_0).
 *
 * @param kappa κ of each step, in [0, 1]; 1 for the posterior alone
 * @param leastProbability what is less probable is never drawn (min-p); 0 for all
 */
record PosteriorKernel(
    NoiseKind noise, ContinuousProcess process, Share kappa, double leastProbability)
    implements ReverseKernel {
  /** κ of a step from t to s. */
  @FunctionalInterface
  interface Share {
    double of(TokenState state, float t, float s);
  }

  /** The posterior alone. */
  static PosteriorKernel ancestral(NoiseKind noise, ContinuousProcess process) {
    return new PosteriorKernel(noise, process, (_, _, _) -> 1, 0);
  }

  @Override
  public ReverseKernel.Step step(TokenState state, float t, float s) {
    double share = kappa.of(state, t, s);
    return new Step(process.posterior(s, t), process.clean(t), share, leastProbability, noise);
  }

  @Override
  public ReverseKernel.Step last(TokenState state, float t) {
    return new Step(process.clean(t), process.clean(t), 1, leastProbability, noise);
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.LEAVE_ONE_OUT_LOGITS;
  }

  @Override
  public Optional<Transition> through(double t) {
    return Optional.of(process.through(t));
  }

  @Override
  public boolean asks(int token, Vocabulary vocabulary) {
    return noise != NoiseKind.ABSORBING || token == vocabulary.maskId();
  }

  @Override
  public float[] clean(float[] predicted, int token, double t) {
    return ReverseKernel.Precision.floats(
        process.clean(t).ofLeaveOneOut(token, ReverseKernel.Precision.doubles(predicted)));
  }

  /**
   * One step.
   *
   * @param back what x_s was
   * @param clean what x_0 was
   */
  private record Step(
      Posterior back, Posterior clean, double kappa, double leastProbability, NoiseKind noise)
      implements ReverseKernel.Step {
    /** What absorbing noise left is certain, and only new noise can change it. */
    @Override
    public boolean moves(int position) {
      return noise == NoiseKind.ABSORBING && kappa < 1;
    }

    @Override
    public float[] weights(int position, int token, float[] predicted, Vocabulary vocabulary) {
      double[] others =
          predicted == null
              ? certain(token, vocabulary)
              : ReverseKernel.Precision.doubles(predicted);
      double[] weights = back.ofLeaveOneOut(token, others);
      if (kappa < 1) {
        // κ q(x_s | x_t, x_0) + (1 − κ) q(x_s | x_0)
        double[] anew = back.before().apply(clean.ofLeaveOneOut(token, others));
        Arrays.setAll(weights, v -> kappa * weights[v] + (1 - kappa) * anew[v]);
      }
      return ReverseKernel.Precision.floats(leastProbability > 0 ? likely(weights) : weights);
    }

    private static double[] certain(int token, Vocabulary vocabulary) {
      double[] certain = new double[vocabulary.size()];
      certain[token] = 1;
      return certain;
    }

    /** What is probable enough, scaled to sum to 1; the most probable if nothing is. */
    private double[] likely(double[] weights) {
      double least = Math.min(leastProbability, Arrays.stream(weights).max().orElseThrow());
      double[] likely = Arrays.stream(weights).map(w -> w < least ? 0 : w).toArray();
      double sum = Arrays.stream(likely).sum();
      return Arrays.stream(likely).map(weight -> weight / sum).toArray();
    }
  }
}
