package dev.unmask.engine.sampler.block;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.ancestral.AncestralSettings;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.Substitution;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.sampler.canvas.CanvasSampler;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * BD3-LM's block diffusion (Arriola et al. 2025, https://arxiv.org/abs/2503.09573, algorithm 2):
 * blocks are written one after the other, each by masked diffusion given those before it, which do
 * not see it. Blocks are counted from position 0, prompt included, as in training. What a step left
 * unchanged is not evaluated again, which is right for denoisers that do not see the time.
 *
 * <p>Variables ↔ symbols: block.index() ↔ b, state.time() ↔ t of the block, probabilities ↔ p(x^b |
 * x_t^b, x^{&lt;b}).
 */
public final class Bd3lm implements TokenSampler {
  private static final Setting.Whole BLOCK_SIZE =
      new Setting.Whole(
          "block-size",
          0,
          0,
          Setting.Whole.MOST,
          "Positions in a block; 0 is as many as the model was trained with, or 4",
          TokenDenoiser::blockSize);

  /** In a model that was not trained in blocks. */
  private static final int USUAL_SIZE = 4;

  private static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps",
          0,
          0,
          Setting.Whole.MOST,
          "Most denoising steps of each block; 0 is one for each of its positions");
  private static final Setting.Flag FIRST_HITTING =
      new Setting.Flag(
          "first-hitting",
          true,
          "Unmask one random position a step, exactly, and not each by chance on a grid of times");

  private static final Setting.Flag KV_CACHE =
      new Setting.Flag(
          "kv-cache",
          true,
          "Keep the keys and values of finished blocks; it changes no result",
          model -> !model.keepsContext());

  private static final Setting.Whole CONTEXT =
      new Setting.Whole(
          "context",
          0,
          0,
          Integer.MAX_VALUE,
          "Most positions that are seen together, so that a sequence can be of any length; 0 is all,"
              + " or as many as the model was made for",
          model -> OptionalInt.of(model.contextLength()));

  private static final Setting.Choice GRID =
      new Setting.Choice(
          "grid",
          "even",
          List.of("even", "reference"),
          "Times without first hitting; the reference's do not meet its steps, and its last divides"
              + " by 0 and takes token 0");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "bd3lm",
          "BD3-LM",
          "Writes block after block, each by masked diffusion given the finished ones before it.",
          URI.create("https://arxiv.org/abs/2503.09573"),
          "Equal, state by state, to recordings of kuleshov-group/bd3lms@1c3e8f43 diffusion.py"
              + " (_semi_ar_sampler), ancestral and first-hitting, with grid = reference, kv-cache ="
              + " false and stop-at-end = false; with a cache, to itself without one; on even times"
              + " and by first hitting, against theory by a chi-square test of samples",
          List.of(
              BLOCK_SIZE,
              STEPS,
              FIRST_HITTING,
              GRID,
              AncestralSettings.NUCLEUS,
              KV_CACHE,
              CONTEXT,
              CanvasSampler.STOP_AT_END),
          Bd3lm::new);

  /** Memory: the tokens of the last evaluation, −1 before the first. */
  private static final String EVALUATED = "evaluated";

  /** Where the sequence has not reached yet. */
  private static final int NOT_REACHED = -1;

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final int size;
  private final BlockSight sight;
  private final BlockUnmasking unmasking;

  private Bd3lm(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.size = settings.get(BLOCK_SIZE) == 0 ? USUAL_SIZE : settings.get(BLOCK_SIZE);
    this.sight = new BlockSight(size, settings.get(CONTEXT), settings.get(KV_CACHE));
    this.unmasking =
        settings.get(FIRST_HITTING)
            ? new BlockUnmasking.OneByOne(settings.get(STEPS), vocabulary)
            : new BlockUnmasking.ByChance(
                settings.get(STEPS), settings.get(GRID).equals("reference"), vocabulary);
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    return begin(tokens, marks);
  }

  private TokenState begin(int[] tokens, byte[] marks) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    int[] hidden = tokens.clone();
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = hidden[i] == vocabulary.maskId() ? NOT_REACHED : hidden[i];
    }
    int from = begun(hidden, 0);
    int[] evaluated = new int[tokens.length];
    Arrays.fill(evaluated, NOT_REACHED);
    Map<String, Values> memory =
        Map.of(
            EVALUATED,
            new Values.I32(evaluated),
            BlockSight.BlockProgress.NAME,
            new BlockSight.BlockProgress(from, 0).values());
    double time = from == tokens.length ? 0 : 1;
    return new TokenState(0, hidden, free, time, 0, new long[0], memory);
  }

  /** Masks of later blocks are reached again, and the first block begins at its own t. */
  @Override
  public TokenState adopt(TokenState state, RandomSource random) {
    return again(state);
  }

  /**
   * With blocks of another size, or with a token remasked outside the present block, it begins
   * again with the first block that is not full.
   */
  @Override
  public TokenState replan(TokenState state) {
    BlockPosition block = block(state);
    int[] tokens = state.tokens();
    boolean fits =
        IntStream.range(0, tokens.length)
            .allMatch(
                i ->
                    block.from() <= i && i < block.to()
                        ? tokens[i] != NOT_REACHED
                        : tokens[i] != vocabulary.maskId());
    return fits || finished(state) ? state : again(state);
  }

  private TokenState again(TokenState state) {
    TokenState begun = begin(state.tokens(), state.marks());
    return new TokenState(
        state.step(),
        begun.tokens(),
        state.marks(),
        begun.time(),
        state.evaluations(),
        state.draws(),
        begun.memory());
  }

  /** Begins the first block from there on that has something to fill, and says where it begins. */
  private int begun(int[] tokens, int from) {
    int start = from;
    while (start < tokens.length) {
      int end = end(start, tokens.length);
      boolean begins = false;
      for (int i = start; i < end; i++) {
        if (tokens[i] == NOT_REACHED) {
          tokens[i] = vocabulary.maskId();
          begins = true;
        }
      }
      if (begins) {
        return start;
      }
      start = end;
    }
    return start;
  }

  private int end(int start, int length) {
    return (int) Math.min((long) start + size, length);
  }

  @Override
  public boolean finished(TokenState state) {
    return BlockSight.BlockProgress.of(state).from() == state.length();
  }

  @Override
  public int plannedSteps(TokenState state) {
    BlockSight.BlockProgress progress = BlockSight.BlockProgress.of(state);
    int planned = state.step() - progress.step();
    for (int start = progress.from(); start < state.length(); ) {
      int end = end(start, state.length());
      int masks = start == progress.from() ? progress.step() : 0;
      masks += (int) IntStream.range(start, end).filter(i -> isOpen(state.tokens()[i])).count();
      planned += masks == 0 ? 0 : unmasking.planned(masks, end - start);
      start = end;
    }
    return planned;
  }

  private boolean isOpen(int token) {
    return token == NOT_REACHED || token == vocabulary.maskId();
  }

  @Override
  public BlockPosition block(TokenState state) {
    int count = Math.ceilDiv(state.length(), size);
    int index = Math.min(BlockSight.BlockProgress.of(state).from() / size, count - 1);
    return new BlockPosition(index, count, index * size, end(index * size, state.length()));
  }

  @Override
  public int reach(int length) {
    return sight.reach(length);
  }

  @Override
  public Request request(TokenState state) {
    return sight.request(state, block(state), masks(state));
  }

  private int[] masks(TokenState state) {
    BlockPosition block = block(state);
    return IntStream.range(block.from(), block.to())
        .filter(i -> state.tokens()[i] == vocabulary.maskId())
        .toArray();
  }

  @Override
  public boolean repeats(TokenState state) {
    return state.memory().get(EVALUATED) instanceof Values.I32(int[] evaluated)
        && Arrays.equals(evaluated, state.tokens());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    BlockPosition block = block(state);
    int[] positions = masks(state);
    float[][] probabilities =
        Arrays.stream(prediction.logits())
            .map(row -> Substitution.probabilities(row, vocabulary))
            .map(Nucleus.within(settings.get(AncestralSettings.NUCLEUS))::of)
            .toArray(float[][]::new);
    BlockUnmasking.Unmasked unmasked =
        unmasking.unmask(
            new BlockUnmasking.Masks(
                BlockSight.BlockProgress.of(state).step(),
                state.time(),
                new Rows(
                    block.to() - block.from(),
                    BlockSight.offsets(positions, block.from()),
                    positions),
                probabilities),
            random);
    int[] tokens = state.tokens().clone();
    int[] predicted = new int[tokens.length];
    float[] confidence = new float[tokens.length];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    for (int i = 0; i < positions.length; i++) {
      int drawn = unmasked.drawn()[i];
      int token = drawn == vocabulary.maskId() ? Logits.argmax(probabilities[i]) : drawn;
      predicted[positions[i]] = token;
      confidence[positions[i]] = probabilities[i][token];
      tokens[positions[i]] = unmasked.taken()[i] ? token : vocabulary.maskId();
    }
    boolean cut = settings.get(AncestralSettings.NUCLEUS) < 1;
    Grounds grounds =
        unmasked
            .grounds()
            .withMeasure(cut ? Measure.DRAWN_FROM : Measure.PROBABILITY)
            .at(positions, tokens.length);
    TokenState next = next(state, tokens, unmasked.time(), random);
    return new TokenStep(predicted, confidence, next, grounds);
  }

  private TokenState next(TokenState state, int[] tokens, double time, RandomSource random) {
    BlockPosition block = block(state);
    BlockSight.BlockProgress progress = BlockSight.BlockProgress.of(state);
    boolean isFull =
        IntStream.range(block.from(), block.to()).noneMatch(i -> tokens[i] == vocabulary.maskId());
    boolean isDone = isFull || progress.step() + 1 >= unmasking.steps(block.to() - block.from());
    BlockSight.BlockProgress after =
        new BlockSight.BlockProgress(progress.from(), progress.step() + 1);
    double t = time;
    if (isDone) {
      int from = ends(state, tokens, block) ? tokens.length : begun(tokens, block.to());
      after = new BlockSight.BlockProgress(from, 0);
      t = from == tokens.length ? 0 : 1;
    }
    Map<String, Values> memory =
        Map.of(
            EVALUATED,
            new Values.I32(state.tokens()),
            BlockSight.BlockProgress.NAME,
            after.values());
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        t,
        state.evaluations() + (repeats(state) ? 0 : 1),
        random.draws(),
        memory);
  }

  /** Whether the text ends in a block, by a token that was not given. */
  private boolean ends(TokenState state, int[] tokens, BlockPosition block) {
    int[] ends = vocabulary.endIds();
    return settings.get(CanvasSampler.STOP_AT_END)
        && ends.length > 0
        && IntStream.range(block.from(), block.to())
            .anyMatch(i -> tokens[i] == ends[0] && !Mark.given(state.marks()[i]));
  }
}
