package dev.unmask.engine.trace;

/** What a step did at a position. It is derived from a trace and never stored. */
public enum Event {
  /** Nothing: the denoiser was not asked, and the token stayed. */
  NONE,
  /** Mask to token. */
  COMMITTED,
  /** Predicted and not committed (LLaDA's "remasked" within the step). */
  KEPT_MASKED,
  /** A token committed earlier went back to the mask. */
  REMASKED,
  /** A token became another token. */
  EDITED,
  /** A position that the sequence had not reached was started. */
  STARTED;

  /** What happened at a position between a state and the one that its step led to. */
  public static Event at(int position, int maskId, TokenState before, TokenStep step) {
    int old = before.tokens()[position];
    int now = step.next().tokens()[position];
    if (old < 0) {
      return now < 0 ? NONE : STARTED;
    }
    if (old == maskId) {
      if (now != maskId) {
        return COMMITTED;
      }
      return step.predicted()[position] < 0 ? NONE : KEPT_MASKED;
    }
    if (now == maskId) {
      return REMASKED;
    }
    return now == old ? NONE : EDITED;
  }
}
