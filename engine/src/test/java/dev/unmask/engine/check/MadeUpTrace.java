package dev.unmask.engine.check;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A trace that is made up step by step; every position is free and masked at first. */
final class MadeUpTrace {
  static final int MASK = 99;
  static final int END = 98;
  static final Vocabulary VOCABULARY = new Vocabulary(100, MASK, new int[] {END});

  private final RecordedTrace<TokenState, TokenRecord> trace;
  private final int length;
  private final int perBlock;
  private final int steps;

  /** What a step did: changed by tests before it is recorded. */
  static final class Step {
    final int number;
    final int[] tokens;
    final int[] predicted;
    final float[] confidence;
    final float[] entropy;
    final int[] candidates;
    final float[] probabilities;
    double time = Double.NaN;
    int context = -1;
    Grounds grounds = Grounds.NONE;

    private Step(int number, int[] tokens) {
      this.number = number;
      this.tokens = tokens;
      predicted = IntStream.of(tokens).map(token -> token == MASK ? 1 : -1).toArray();
      confidence = new float[tokens.length];
      entropy = new float[tokens.length];
      candidates = new int[2 * tokens.length];
      probabilities = new float[2 * tokens.length];
      Arrays.fill(candidates, -1);
    }

    void commit(int position, int token) {
      tokens[position] = token;
      predicted[position] = token;
    }

    void expect(int position, int best, float probability, int second, float less) {
      candidates[2 * position] = best;
      candidates[2 * position + 1] = second;
      probabilities[2 * position] = probability;
      probabilities[2 * position + 1] = less;
    }
  }

  /**
   * Nothing but masks.
   *
   * @param perBlock positions of a block
   * @param steps that its sampler plans
   */
  MadeUpTrace(int length, int perBlock, int steps, Map<String, Object> settings) {
    this(length, perBlock, steps, settings, IntStream.generate(() -> MASK).limit(length).toArray());
  }

  /** The same from other tokens than masks. */
  MadeUpTrace(int length, int perBlock, int steps, Map<String, Object> settings, int... first) {
    this.length = length;
    this.perBlock = perBlock;
    this.steps = steps;
    List<String> texts =
        IntStream.range(0, VOCABULARY.size()).mapToObj(token -> "w" + token).toList();
    var header =
        new TraceHeader(
            new TraceHeader.Model("made up", ""),
            new TraceHeader.Tokens(texts, MASK, length, 2),
            "absorbing",
            "none",
            0,
            List.of(new TraceHeader.Segment(0, "made up", settings, List.of())),
            Optional.empty(),
            Optional.empty(),
            TraceHeader.VERSION);
    trace = new RecordedTrace<>(header, state(0, first, Double.NaN));
  }

  private static TokenState state(int step, int[] tokens, double time) {
    return new TokenState(step, tokens, new byte[tokens.length], time, step, new long[0], Map.of());
  }

  /** Takes a step. */
  MadeUpTrace then(UnaryOperator<Step> what) {
    Step step = what.apply(new Step(trace.steps(), trace.state(trace.steps()).tokens().clone()));
    trace.append(
        new TokenRecord(
            new TokenStep(
                step.predicted,
                step.confidence,
                state(trace.steps() + 1, step.tokens, step.time),
                step.grounds),
            step.entropy,
            new Candidates(2, step.candidates, step.probabilities),
            step.context));
    return this;
  }

  /** The step that commits a token and does nothing else. */
  MadeUpTrace committing(int position, int token) {
    return then(
        step -> {
          step.commit(position, token);
          return step;
        });
  }

  /** So many steps that do nothing. */
  MadeUpTrace idle(int times) {
    for (int i = 0; i < times; i++) {
      then(step -> step);
    }
    return this;
  }

  Checkup checkup() {
    return new Checkup(trace, _ -> new Filling(), VOCABULARY);
  }

  List<Finding> findings() {
    return checkup().upTo(trace.steps()).all();
  }

  int taken() {
    return trace.steps();
  }

  /** Block by block, where what is before a block is cached. */
  private final class Filling implements TokenSampler {
    @Override
    public RowMeaning rowMeaning() {
      return RowMeaning.CLEAN_LOGITS;
    }

    @Override
    public boolean finished(TokenState state) {
      return state.step() == steps;
    }

    @Override
    public int plannedSteps(TokenState state) {
      return steps;
    }

    @Override
    public BlockPosition block(TokenState state) {
      int first = state.positionsOf(MASK, 0, length).length == 0 ? length - 1 : 0;
      while (first < length - 1 && state.tokens()[first] != MASK) {
        first++;
      }
      int index = first / perBlock;
      return new BlockPosition(index, length / perBlock, index * perBlock, (index + 1) * perBlock);
    }

    @Override
    public Request request(TokenState state) {
      BlockPosition block = block(state);
      int[] masks = state.positionsOf(MASK, block.from(), block.to());
      int[] rows = IntStream.of(masks).map(position -> position - block.from()).toArray();
      return Request.ofSequence(state.tokens(), Attention.FULL, masks, Optional.empty())
          .window(block.from(), block.to(), rows)
          .in(new Context.Earlier(0, state.tokens(), OptionalDouble.empty()));
    }

    @Override
    public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
      throw new UnsupportedOperationException();
    }
  }
}
