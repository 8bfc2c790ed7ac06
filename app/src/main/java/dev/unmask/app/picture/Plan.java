package dev.unmask.app.picture;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.BlockPosition;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run is going to do, as far as it is known beforehand. */
public interface Plan {
  /** K: how many steps the run takes. */
  int steps(TokenState state);

  /** The block that the next step works on. */
  BlockPosition block(TokenState state);

  /** What the sampler planned that a trace names; where it names none, one block of its steps. */
  static Plan of(Trace trace) {
    TraceHeader header = trace.header();
    if (header.segments().isEmpty()) {
      return unknown(trace);
    }
    try {
      Plan plan = of(sampler(header));
      plan.block(trace.state(0));
      return plan;
    } catch (InputException e) {
      // An imported trace may name a sampler of another program, or lack what this one remembers.
      return unknown(trace);
    }
  }

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

  private static TokenSampler sampler(TraceHeader header) {
    TraceHeader.Segment first = header.segments().getFirst();
    Map<String, String> settings = new LinkedHashMap<>();
    first.settings().forEach((name, value) -> settings.put(name, String.valueOf(value)));
    var vocabulary = new Vocabulary(header.vocabulary().size(), header.maskId(), new int[0]);
    return Samplers.named(first.sampler()).create(settings, vocabulary);
  }

  private static Plan unknown(Trace trace) {
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
