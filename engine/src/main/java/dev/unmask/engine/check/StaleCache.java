package dev.unmask.engine.check;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.trace.TokenState;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keys and values of tokens that have changed since: the trace says which step filled the cache,
 * and the sampler which positions are computed anew; what changed elsewhere, the model did not see.
 */
final class StaleCache implements Check {
  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String looksFor() {
    return "a cache out of date: it was filled before tokens changed that are not computed anew";
  }

  @Override
  public String limits() {
    return "The trace must name the step that filled the cache (context), and the sampler be known"
        + " here, as it says what is computed anew. A cache that is not recorded is not seen.";
  }

  @Override
  public Watch<Moment> tokens() {
    return this::after;
  }

  private List<Finding> after(Moment moment) {
    int filled = moment.step().context();
    if (filled < 0 || filled > moment.index()) {
      return List.of();
    }
    Request request;
    try {
      request = moment.sampler().request(moment.before());
    } catch (InputException | IllegalStateException e) {
      // Of a sampler that is not known, or a state that it cannot go on from, nothing can be told.
      return List.of();
    }
    if (!(request.context() instanceof Context.Earlier served)) {
      return List.of();
    }
    TokenState then = moment.trace().state(filled);
    boolean[] anew = new boolean[moment.before().length()];
    IntStream.of(request.positions()).filter(i -> i < anew.length).forEach(i -> anew[i] = true);
    // Behind what the sampler keeps, the model sees nothing of the cache.
    int kept = Math.min(anew.length, served.ids().length);
    int[] stale =
        IntStream.range(0, kept)
            .filter(i -> !anew[i] && then.tokens()[i] != moment.before().tokens()[i])
            .toArray();
    return stale.length == 0
        ? List.of()
        : List.of(
            moment.finding(
                this,
                IntStream.of(stale).boxed().toList(),
                "the cache was filled by the state before step %d, and %d tokens that it holds have"
                    + " changed since, the first of them at position %d",
                filled + 1,
                stale.length,
                stale[0]));
  }
}
