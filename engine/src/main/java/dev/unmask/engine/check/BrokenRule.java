package dev.unmask.engine.check;

import java.util.List;

/** A step that did what its sampler declares that it never does: see {@link Invariants}. */
final class BrokenRule implements Check {
  @Override
  public String name() {
    return "breach";
  }

  @Override
  public String looksFor() {
    return "a step that did what its sampler says it never does: it changed the prompt or a"
        + " committed token, predicted the mask, or committed more than its quota";
  }

  @Override
  public String limits() {
    return "Of a sampler that is not known here, or may not be run, only what no sampler may do.";
  }

  @Override
  public Watch<Moment> tokens() {
    return moment ->
        moment.breaches().stream()
            .map(
                breach -> moment.finding(this, List.of(breach.position()), "%s", breach.sentence()))
            .toList();
  }
}
