package dev.unmask.engine.check;

import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** What a sampler says is true of all its steps, and whether a step keeps it. */
public record Invariants(Set<Invariant> kept) {
  /** Those that a sampler declares. */
  public static Invariants of(TokenSampler sampler) {
    return new Invariants(sampler.invariants());
  }

  /** What a step broke, at most one breach of each kind. */
  public List<Breach> breaches(Moment moment) {
    int maskId = moment.trace().header().tokens().maskId();
    List<Breach> breaches = new ArrayList<>();
    for (Invariant invariant : kept) {
      invariant.check(maskId, moment.before(), moment.step()).ifPresent(breaches::add);
    }
    laterBlock(moment).ifPresent(breaches::add);
    quota(moment).ifPresent(breaches::add);
    return breaches;
  }

  /** Blocks are filled in their order. */
  static Optional<Breach> laterBlock(Moment moment) {
    BlockPosition block = moment.sampler().block(moment.before());
    return IntStream.range(block.to(), moment.before().length())
        .filter(position -> moment.event(position) == Event.COMMITTED)
        .mapToObj(
            position ->
                new Breach(
                    moment.index() + 1,
                    position,
                    "position %d was committed, which lies behind block %d"
                        .formatted(position, block.index() + 1)))
        .findFirst();
  }

  private static Optional<Breach> quota(Moment moment) {
    OptionalInt quota = moment.sampler().commitsAtMost(moment.before());
    int[] committed =
        IntStream.range(0, moment.before().length())
            .filter(position -> moment.event(position) == Event.COMMITTED)
            .toArray();
    return quota.isPresent() && committed.length > quota.getAsInt()
        ? Optional.of(
            new Breach(
                moment.index() + 1,
                committed[committed.length - 1],
                "%d tokens were committed where the quota was %d"
                    .formatted(committed.length, quota.getAsInt())))
        : Optional.empty();
  }
}
