package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Blocks;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Samples a uniform process block by block, as DiffusionGemma does: a block starts as a canvas of
 * random tokens, is evaluated together with all that stands before it and refined a number of
 * times, and then the next one is begun behind it. What is given never changes.
 */
public final class CanvasSampler implements TokenSampler {
  static final Setting.Whole BLOCK =
      new Setting.Whole(
          "block", 0, 0, Setting.Whole.MOST, "Positions in a block; 0 is the whole answer");
  public static final Setting.Flag STOP_AT_END =
      new Setting.Flag(
          "stop-at-end", true, "Start no block after one that holds the token that ends a text");

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final CanvasRefinement refinement;
  private final AdaptiveStop stop;
  private final int steps;

  CanvasSampler(Settings settings, Vocabulary vocabulary, CanvasRefinement refinement) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.refinement = refinement;
    this.stop = AdaptiveStop.of(settings);
    this.steps = settings.get(CanvasRefinement.STEPS);
  }

  /** The settings of every sampler of canvases, with a sampler's own. */
  static List<Setting<?>> settings(Setting<?>... own) {
    return Stream.<Stream<Setting<?>>>of(
            Stream.of(CanvasRefinement.STEPS, BLOCK),
            Arrays.stream(own),
            Stream.of(AdaptiveStop.ENTROPY, AdaptiveStop.STABILITY, STOP_AT_END))
        .<Setting<?>>flatMap(some -> some)
        .toList();
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public NoiseKind noise() {
    return NoiseKind.UNIFORM;
  }

  /** Of the canvas, with α = 1 − t. */
  @Override
  public Optional<Transition> through(TokenState state) {
    return Optional.of(new UniformTransition(vocabulary.size(), 1 - state.time()));
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    int[] started = tokens.clone();
    int answer = tokens.length;
    for (int i = tokens.length - 1; i >= 0; i--) {
      if (!Mark.given(free[i])) {
        started[i] = -1;
        answer = i;
      }
    }
    Progress progress = new Progress(answer, answer, 0, false);
    int to = blocks(answer, tokens.length).at(0).to();
    begin(started, free, answer, to, random);
    Map<String, Values> memory = new HashMap<>(refinement.memory(tokens.length));
    memory.putAll(stop.memory(tokens.length));
    memory.put(Progress.NAME, progress.values());
    return new TokenState(0, started, free, 1, 0, new long[0], Map.copyOf(memory));
  }

  /** Fills a canvas with random tokens. */
  private void begin(int[] tokens, byte[] marks, int from, int to, RandomSource random) {
    Rows rows = rows(marks, from, to);
    int[] noise = random.integers(Purpose.START, rows, vocabulary.size());
    for (int i = 0; i < noise.length; i++) {
      tokens[rows.positions()[i]] = noise[i];
    }
  }

  /** The positions of a block that are not given. */
  private static Rows rows(byte[] marks, int from, int to) {
    int[] positions = IntStream.range(from, to).filter(i -> !Mark.given(marks[i])).toArray();
    int[] wanted = Arrays.stream(positions).map(position -> position - from).toArray();
    return new Rows(to - from, wanted, positions);
  }

  @Override
  public boolean finished(TokenState state) {
    return Progress.of(state).from() == state.length();
  }

  @Override
  public int plannedSteps(TokenState state) {
    Progress progress = Progress.of(state);
    int blocksLeft = (state.length() - progress.from()) / blocks(state).length();
    return state.step() + blocksLeft * steps - progress.step();
  }

  @Override
  public BlockPosition block(TokenState state) {
    Blocks blocks = blocks(state);
    int index = (Progress.of(state).from() - blocks.start()) / blocks.length();
    return blocks.at(Math.min(index, blocks.count() - 1));
  }

  /** As if each took one step. */
  private Blocks blocks(int answer, int length) {
    Blocks blocks = Blocks.of(answer, length, settings.get(BLOCK), 0);
    return new Blocks(answer, blocks.length(), blocks.count(), 1);
  }

  private Blocks blocks(TokenState state) {
    return blocks(Progress.of(state).answer(), state.length());
  }

  @Override
  public Request request(TokenState state) {
    BlockPosition block = block(state);
    int[] reached = Arrays.copyOf(state.tokens(), block.to());
    int[] positions = rows(state.marks(), block.from(), block.to()).positions();
    return Request.ofSequence(reached, Attention.FULL, positions, Optional.empty())
        .at(state.time());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    BlockPosition block = block(state);
    Rows rows = rows(state.marks(), block.from(), block.to());
    int[] positions = rows.positions();
    Canvas canvas =
        new Canvas(
            Progress.of(state).step(),
            steps,
            rows,
            Arrays.stream(positions).map(position -> state.tokens()[position]).toArray(),
            prediction.logits(),
            vocabulary.size(),
            state.memory());
    CanvasRefinement.Refined refined = refinement.refine(canvas, random);
    int[] predicted = new int[state.length()];
    float[] confidence = new float[state.length()];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    for (int i = 0; i < positions.length; i++) {
      predicted[positions[i]] = refined.predicted()[i];
      confidence[positions[i]] = refined.confidence()[i];
    }
    TokenState next = next(state, positions, refined, random);
    Grounds grounds =
        endsEarly(state, isSure(state, positions, refined))
            ? Grounds.of(refined.grounds().measure(), Rule.ENDED, positions.length)
            : refined.grounds();
    return new TokenStep(predicted, confidence, next, grounds.at(positions, state.length()));
  }

  /** Whether the canvas ends early, now or after its corrections. */
  private boolean isSure(TokenState state, int[] positions, CanvasRefinement.Refined refined) {
    Progress before = Progress.of(state);
    return refinement.leadsOn(before.step())
        ? stop.isReached(state, positions, refined.logits())
        : before.isSure();
  }

  private boolean endsEarly(TokenState state, boolean isSure) {
    return isSure && refinement.leadsOn(Progress.of(state).step() + 1);
  }

  private TokenState next(
      TokenState state, int[] positions, CanvasRefinement.Refined refined, RandomSource random) {
    Progress before = Progress.of(state);
    Map<String, Values> memory = new HashMap<>(state.memory());
    memory.putAll(refined.memory());
    boolean isSure = isSure(state, positions, refined);
    if (refinement.leadsOn(before.step())) {
      memory.putAll(stop.remember(state, positions, refined.logits()));
    }
    Progress after = before.evaluated(isSure);
    boolean endsEarly = endsEarly(state, isSure);
    int[] settled = endsEarly ? stop.latest(memory, positions) : refined.tokens();
    int[] tokens = state.tokens().clone();
    for (int i = 0; i < positions.length; i++) {
      tokens[positions[i]] = settled[i];
    }
    if (endsEarly || after.step() == steps) {
      after = after.at(begunAfter(block(state), tokens, state.marks(), random));
    }
    memory.put(Progress.NAME, after.values());
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        after.from() == state.length() ? 0 : refinement.time(after.step(), steps),
        state.evaluations() + 1,
        random.draws(),
        Map.copyOf(memory));
  }

  /** Begins the next canvas, if there is to be one, and says where. */
  private int begunAfter(BlockPosition block, int[] tokens, byte[] marks, RandomSource random) {
    int from = block.to();
    int[] ends = vocabulary.endIds();
    boolean isOver =
        settings.get(STOP_AT_END)
            && ends.length > 0
            && Arrays.stream(tokens, block.from(), from).anyMatch(token -> token == ends[0]);
    if (isOver || from == tokens.length) {
      return tokens.length;
    }
    begin(tokens, marks, from, from + (from - block.from()), random);
    return from;
  }

  /**
   * How far a sampler of canvases has come; it is in the trace's memory.
   *
   * @param answer the first position that is written
   * @param from where the canvas begins; the sequence's length if nothing is left to do
   * @param step evaluations of the canvas so far
   * @param isSure whether the canvas ends early, once its corrections are done
   */
  record Progress(int answer, int from, int step, boolean isSure) {
    /** Memory: the four numbers. */
    static final String NAME = "canvas";

    /**
     * That of a state.
     *
     * @throws InputException if the state has none that can be
     */
    static Progress of(TokenState state) {
      if (state.memory().get(NAME) instanceof Values.I32(int[] data)
          && data.length == 4
          && 0 <= data[0]
          && data[0] <= data[1]
          && data[1] <= state.length()
          && data[2] >= 0) {
        return new Progress(data[0], data[1], data[2], data[3] != 0);
      }
      throw Memory.unsound(NAME);
    }

    Values values() {
      return new Values.I32(new int[] {answer, from, step, isSure ? 1 : 0});
    }

    /** The same canvas after one evaluation more. */
    Progress evaluated(boolean sure) {
      return new Progress(answer, from, step + 1, sure);
    }

    /** A canvas that is not evaluated yet. */
    Progress at(int start) {
      return new Progress(answer, start, 0, false);
    }
  }
}
