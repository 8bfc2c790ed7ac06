package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.Philox;

/** A bound on the negative log-likelihood of one window under one kind of model. */
public sealed interface WindowBound
    permits MaskedBound, CausalLikelihood, UniformBound, BlockBound {
  /**
   * Estimates of it in nats, each by itself right on average.
   *
   * @param window clean tokens
   * @param samples how many, at least 2
   * @param random the numbers of this window
   */
  double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random);

  /** How it is estimated, in a few words. */
  String words();
}
