package dev.unmask.engine.sampler.own;

import dev.unmask.engine.InputException;

/** A sampler of somebody's own was to run that may not, or cannot be read. */
public final class RefusedSamplerException extends InputException {
  private static final long serialVersionUID = 1L;

  private final transient SamplerRefusal refusal;

  public RefusedSamplerException(SamplerRefusal refusal) {
    super(refusal.sentence());
    this.refusal = refusal;
  }

  /** Why. */
  public SamplerRefusal refusal() {
    return refusal;
  }
}
