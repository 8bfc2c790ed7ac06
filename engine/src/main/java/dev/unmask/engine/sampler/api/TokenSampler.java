package dev.unmask.engine.sampler.api;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.trace.Invariant;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A reverse process: from a state and a prediction it decides the next state. All methods are pure;
 * what must be carried from step to step is in the state.
 */
public interface TokenSampler {
  /** The kind of rows that it needs. */
  RowMeaning rowMeaning();

  /** The noise that it removes. */
  default NoiseKind noise() {
    return NoiseKind.ABSORBING;
  }

  /**
   * q(x_t | x_0) of a position in this state, if it tells: then a denoiser's rows are converted to
   * the kind that it needs.
   */
  default Optional<Transition> through(TokenState state) {
    return Optional.empty();
  }

  /**
   * The first state.
   *
   * @param tokens the prompt and the pinned tokens, the mask id elsewhere, {@code
   *     Vocabulary.NO_MASK} if the model has no mask
   * @param marks of {@link dev.unmask.engine.trace.Mark}, as long as the tokens
   * @param random for a process that starts from random tokens
   * @throws SettingException if this sampler's settings do not fit the sequence
   */
  TokenState start(int[] tokens, byte[] marks, RandomSource random);

  /**
   * A state that another sampler left, as one that this sampler can go on from: it remembers what
   * it would at a start from these tokens.
   */
  default TokenState adopt(TokenState state, RandomSource random) {
    return state.withMemory(start(state.tokens(), state.marks(), random).memory());
  }

  /**
   * A state of this sampler's own whose tokens or settings were changed, with what it planned ahead
   * planned anew.
   */
  default TokenState replan(TokenState edited) {
    return edited;
  }

  /** Whether nothing is left to do. */
  boolean finished(TokenState state);

  /** K: how many steps the run that this state belongs to is planned to take. */
  int plannedSteps(TokenState state);

  /** How many of the {@link #plannedSteps} follow those asked for, to fill what is left. */
  default int finishingSteps(TokenState state) {
    return 0;
  }

  /**
   * The most positions that the denoiser is asked to see at once.
   *
   * @param length of the sequence
   */
  default int reach(int length) {
    return length;
  }

  /** Which block is being filled, and of how many. */
  BlockPosition block(TokenState state);

  /** What the denoiser must be asked in this state. */
  Request request(TokenState state);

  /**
   * Whether the denoiser was already asked what {@link #request} asks in this state, in the last
   * evaluation of the run, so that its answer serves again and is not counted.
   */
  default boolean repeats(TokenState state) {
    return false;
  }

  /**
   * Whether it may remask or edit what it committed. Where anything may stand at any time there is
   * nothing else to do.
   */
  default boolean revises() {
    return noise() != NoiseKind.ABSORBING;
  }

  /** What is true of all its steps. */
  default Set<Invariant> invariants() {
    Set<Invariant> kept = EnumSet.allOf(Invariant.class);
    if (revises()) {
      kept.remove(Invariant.COMMITTED_STAYS);
      kept.remove(Invariant.MASKS_FALL);
    }
    return kept;
  }

  /** The most tokens that the step from this state may commit, if that is planned. */
  default OptionalInt commitsAtMost(TokenState state) {
    return OptionalInt.empty();
  }

  /**
   * Decides. The next state's evaluations and draws are already counted; a run that did not ask
   * again takes the evaluation back.
   */
  TokenStep step(TokenState state, Prediction prediction, RandomSource random);
}
