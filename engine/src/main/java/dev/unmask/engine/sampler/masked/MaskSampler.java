package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import java.util.Optional;

/**
 * A sampler that asks about all masks of the sequence in every one of its planned steps, and tells
 * the time.
 */
interface MaskSampler extends TokenSampler {
  /** Of the denoiser's tokens. */
  Vocabulary vocabulary();

  @Override
  default RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  default boolean finished(TokenState state) {
    return state.step() >= plannedSteps(state);
  }

  @Override
  default BlockPosition block(TokenState state) {
    return new BlockPosition(0, 1, 0, state.length());
  }

  @Override
  default Request request(TokenState state) {
    int[] masked = state.positionsOf(vocabulary().maskId(), 0, state.length());
    return Request.ofSequence(state.tokens(), Attention.FULL, masked, Optional.empty())
        .at(state.time());
  }
}
