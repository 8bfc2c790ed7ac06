package dev.unmask.engine.sampler.own;

import dev.unmask.engine.FieldException;

/** A sampler of somebody's own was to run that may not, or cannot be read. */
public final class RefusedSamplerException extends FieldException {
  private static final long serialVersionUID = 1L;

  private final transient SamplerRefusal refusal;

  public RefusedSamplerException(SamplerRefusal refusal) {
    super("sampler", refusal.sentence());
    this.refusal = refusal;
  }

  /** Why. */
  public SamplerRefusal refusal() {
    return refusal;
  }
}
