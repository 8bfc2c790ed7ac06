package dev.unmask.engine.check;

import java.util.List;

/** A commit behind the block that is being filled. */
final class BlockOrder implements Check {
  @Override
  public String name() {
    return "order";
  }

  @Override
  public String looksFor() {
    return "blocks out of order: a token committed behind the block that is being filled";
  }

  @Override
  public String limits() {
    return "Which block is being filled is only known of a sampler that is known here.";
  }

  @Override
  public Watch<Moment> tokens() {
    return moment ->
        Invariants.laterBlock(moment).stream()
            .map(
                breach -> moment.finding(this, List.of(breach.position()), "%s", breach.sentence()))
            .toList();
  }
}
