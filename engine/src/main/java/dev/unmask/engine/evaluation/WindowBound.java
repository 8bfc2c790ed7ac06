package dev.unmask.engine.evaluation;

import dev.unmask.engine.denoiser.NextTokenDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.random.Philox;
import java.util.OptionalInt;

/** A bound on the negative log-likelihood of one window under one kind of model. */
public sealed interface WindowBound
    permits MaskedBound, CausalLikelihood, UniformBound, BlockBound {
  /** The kind that goes with a model. */
  static WindowBound of(TokenDenoiser denoiser, Vocabulary vocabulary) {
    if (denoiser instanceof NextTokenDenoiser) {
      return new CausalLikelihood();
    }
    if (denoiser.knows(NoiseKind.UNIFORM)) {
      return new UniformBound(vocabulary.size());
    }
    int maskId = vocabulary.maskId();
    OptionalInt block = denoiser.blockSize();
    return block.isPresent() ? new BlockBound(maskId, block.getAsInt()) : new MaskedBound(maskId);
  }

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
