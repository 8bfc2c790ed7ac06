package dev.unmask.app.picture;

import dev.unmask.engine.run.Replay;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.List;
import java.util.Optional;

/** What a run is going to do, as far as it is known beforehand, and what it must not do. */
public interface Plan {
  /** K: how many steps the run takes. */
  int steps(TokenState state);

  /** The block that the next step works on. */
  BlockPosition block(TokenState state);

  /** The tokens that end a text, as far as they are known. */
  default int[] ends() {
    return new int[0];
  }

  /** How many of the steps follow those that were asked for, and only fill what is left. */
  default int finishing(TokenState state) {
    return 0;
  }

  /** What step {@code index} broke of what its sampler declares. */
  default List<Breach> breaches(int index) {
    return List.of();
  }

  /** Why the rules of a sampler that somebody wrote are not checked; empty if all are. */
  default Optional<SamplerRefusal> refusal() {
    return Optional.empty();
  }

  /** Why it is not known what its samplers declare, in a sentence; empty if it is. */
  default Optional<String> unchecked() {
    return Optional.empty();
  }

  /**
   * What the built-in samplers planned that a trace names; where it names none, one block of its
   * steps.
   */
  static Plan of(Trace<TokenState, TokenRecord> trace) {
    return of(Replay.of(trace));
  }

  /** What the samplers of a trace plan. */
  static Plan of(Replay replay) {
    return new Plan() {
      @Override
      public int steps(TokenState state) {
        return replay.sampler(state.step()).plannedSteps(state);
      }

      @Override
      public BlockPosition block(TokenState state) {
        return replay.sampler(state.step()).block(state);
      }

      @Override
      public int[] ends() {
        return replay.checkup().vocabulary().endIds();
      }

      @Override
      public int finishing(TokenState state) {
        return replay.sampler(state.step()).finishingSteps(state);
      }

      @Override
      public List<Breach> breaches(int index) {
        return replay.moment(index).breaches();
      }

      @Override
      public Optional<SamplerRefusal> refusal() {
        return replay.refusal();
      }

      @Override
      public Optional<String> unchecked() {
        return replay.unchecked();
      }
    };
  }
}
