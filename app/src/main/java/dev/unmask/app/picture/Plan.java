package dev.unmask.app.picture;

import dev.unmask.engine.sampler.BlockPosition;
import dev.unmask.engine.sampler.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;

/** What a run is going to do, as far as it is known beforehand. */
public interface Plan {
  /** K: how many steps the run takes. */
  int steps(TokenState state);

  /** The block that the next step works on. */
  BlockPosition block(TokenState state);

  /** What a sampler plans. */
  static Plan of(TokenSampler sampler) {
    return new Plan() {
      @Override
      public int steps(TokenState state) {
        return sampler.plannedSteps(state);
      }

      @Override
      public BlockPosition block(TokenState state) {
        return sampler.block(state);
      }
    };
  }

  /** For a trace whose sampler is not known: the steps that it has, in one block. */
  static Plan of(Trace trace) {
    return new Plan() {
      @Override
      public int steps(TokenState state) {
        return trace.steps();
      }

      @Override
      public BlockPosition block(TokenState state) {
        return new BlockPosition(0, 1, 0, state.length());
      }
    };
  }
}
