package dev.unmask.engine.sampler.block;

import dev.unmask.engine.InputException;
import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Multinomial;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Blocks;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.Proposals;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.sampler.api.TruncatedSoftmax;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * LLaDA2's sampler, and LLaDA2.1's, which edits (Bie et al. 2025, https://arxiv.org/abs/2512.15745,
 * and 2026, https://arxiv.org/abs/2602.08676). Blocks are counted from position 0 of the sequence
 * and written one after the other; the denoiser sees no later ones, and a block sees itself and
 * those before it. Every step commits the masks of the block whose predictions are surer than the
 * threshold, or the surest of them if these are less than the step's quota; and it edits a token
 * that was written when another one is surer than the editing threshold. A block that is filled is
 * evaluated again as long as that edits it. Its time is the share of the answer that is masked.
 *
 * <p>At a temperature of 0, top-p and top-k are passed over, as in the authors' programs, so that
 * confidences are of the whole distribution; an earlier copy of it in dllm cut it off there, too.
 *
 * <p>Variables ↔ symbols: committed ↔ mask to token (M2T), edited ↔ token to token (T2T), scores ↔
 * p(v | x_t) of the predicted v.
 */
public final class Llada2 implements TokenSampler {
  static final Setting.Whole BLOCK =
      new Setting.Whole(
          "block",
          32,
          1,
          Setting.Whole.MOST,
          "Positions in a block, counted from the prompt's first");
  static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps",
          0,
          0,
          Setting.Whole.MOST,
          "Most steps in which a block is filled: each commits at least its share, and after the"
              + " last the block is left as it is; 0 is no limit");
  static final Setting.Whole MINIMAL_TOPK =
      new Setting.Whole(
          "minimal-topk",
          1,
          1,
          Setting.Whole.MOST,
          "How many masks a step commits at least, if steps has no limit");
  static final Setting.Real THRESHOLD =
      new Setting.Real(
          "threshold", 0.7, 0, 1, "The probability above which a prediction is committed at once");
  static final Setting.Real EDITING_THRESHOLD =
      new Setting.Real(
          "editing-threshold",
          0.5,
          0,
          1,
          "The probability above which another token replaces one that was written; 1 edits none");
  static final Setting.Whole MAX_POST_STEPS =
      new Setting.Whole(
          "max-post-steps",
          16,
          0,
          Setting.Whole.MOST,
          "Most evaluations of a block after it is filled");
  static final Setting.Flag EXTRA_FORWARD =
      new Setting.Flag(
          "extra-forward",
          false,
          "Evaluate a filled block once more though nothing is edited, as diffusers does");
  static final Setting.Choice EOS_EARLY_STOP =
      new Setting.Choice(
          "eos-early-stop",
          "true",
          EarlyStop.WORDS,
          "Stop when the text has ended: as soon as nothing is masked before its end; or only in a"
              + " step that writes an end (diffusers), when the block is done (LLaDA2.1), or by"
              + " leaving the block that has one, not the run (dllm)");
  static final Setting.Flag PREDICT_MASK =
      new Setting.Flag(
          "predict-mask",
          false,
          "Let the mask itself be predicted, as the references do: it may never end");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "llada2",
          "LLaDA2, LLaDA2.1",
          "Commits what is sure enough, block by block, and edits what was committed before. An"
              + " approximation: it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2602.08676"),
          "Equal, state by state, to recordings of ZHZisZZ/dllm@ca176752 llada2 and llada21"
              + " sampler.py and of huggingface/diffusers@58eb52c0 LLaDA2Pipeline, with"
              + " predict-mask = true, the steps, thresholds and eos-early-stop of each, and for"
              + " LLaDA2.1 and diffusers extra-forward = true; the defaults are LLaDA2.1's rules"
              + " where nothing needs to be evaluated in vain",
          Stream.concat(
                  Stream.of(
                      BLOCK,
                      STEPS,
                      MINIMAL_TOPK,
                      THRESHOLD,
                      EDITING_THRESHOLD,
                      MAX_POST_STEPS,
                      EXTRA_FORWARD,
                      EOS_EARLY_STOP,
                      PREDICT_MASK),
                  TruncatedSoftmax.SETTINGS.stream())
              .toList(),
          Llada2::new);

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final TruncatedSoftmax softmax;
  private final EarlyStop stop;
  private final boolean edits;

  private Llada2(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.softmax = TruncatedSoftmax.of(settings).nucleusOfTopK().wholeWhereGreedy();
    this.stop = EarlyStop.named(settings.get(EOS_EARLY_STOP));
    this.edits = settings.get(EDITING_THRESHOLD) < 1;
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public boolean revises() {
    return edits;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    Blocks.Grid blocks = new Blocks.Grid(0, settings.get(BLOCK), tokens.length);
    int block = blocks.firstWith(vocabulary.maskId(), tokens, 0);
    return new TokenState(0, tokens, free, 1, 0, new long[0], Progress.at(block).memory());
  }

  @Override
  public boolean finished(TokenState state) {
    return Progress.of(state).block() >= blocks(state).count();
  }

  /** One for each mask that is left, at least one for a block that may be edited. */
  @Override
  public int plannedSteps(TokenState state) {
    int masks = state.positionsOf(vocabulary.maskId(), 0, state.length()).length;
    return state.step() + (finished(state) ? 0 : Math.max(1, masks));
  }

  @Override
  public BlockPosition block(TokenState state) {
    Blocks.Grid blocks = blocks(state);
    return blocks.at(Math.min(Progress.of(state).block(), blocks.count() - 1));
  }

  /** Asks for the block's masks, and for what may be edited. */
  @Override
  public Request request(TokenState state) {
    BlockPosition block = block(state);
    int[] window = Arrays.copyOf(state.tokens(), block.to());
    int[] rows =
        IntStream.range(block.from(), block.to())
            .filter(i -> window[i] == vocabulary.maskId() || edits && !Mark.given(state.marks()[i]))
            .toArray();
    Attention attention = new Attention.BlockCausal(settings.get(BLOCK));
    return Request.ofSequence(window, attention, rows, Optional.empty());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    Proposals proposals = proposals(block(state), prediction, random);
    int[] chosen =
        IntStream.concat(committed(state, proposals), edited(state, proposals)).toArray();
    Grounds grounds = grounds(state, proposals, chosen);
    return proposals.commit(state, chosen, grounds, after -> next(state, after, random.draws()));
  }

  private Grounds grounds(TokenState state, Proposals proposals, int[] chosen) {
    float threshold = settings.get(THRESHOLD).floatValue();
    Grounds passing = proposals.passing(chosen, i -> proposals.scores()[i] > threshold);
    Rule[] rules = new Rule[proposals.positions().length];
    float[] limits = new float[rules.length];
    for (int i = 0; i < rules.length; i++) {
      boolean masked = state.tokens()[proposals.positions()[i]] == vocabulary.maskId();
      rules[i] = masked ? passing.rule(i) : Rule.REVISION;
      limits[i] = masked ? threshold : settings.get(EDITING_THRESHOLD).floatValue();
    }
    return Grounds.of(proposals.measure(), rules)
        .withThreshold(limits)
        .withQuota(quota(Progress.of(state).steps()));
  }

  /** Torch draws a row for each position of the block. */
  private Proposals proposals(BlockPosition block, Prediction prediction, RandomSource random) {
    int[] positions = prediction.rows();
    int[] impossible = settings.get(PREDICT_MASK) ? new int[0] : new int[] {vocabulary.maskId()};
    float[][] probabilities =
        softmax.probabilities(Logits.without(prediction, impossible).logits());
    int[] inBlock = IntStream.of(positions).map(position -> position - block.from()).toArray();
    Rows rows = new Rows(block.to() - block.from(), inBlock, positions);
    int[] tokens =
        softmax.temperature() > 0
            ? Multinomial.draw(probabilities, vocabulary.size(), Purpose.TOKEN, rows, random)
            : Arrays.stream(probabilities).mapToInt(Logits::argmax).toArray();
    float[] scores = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      scores[i] = probabilities[i][tokens[i]];
    }
    return new Proposals(positions, tokens, scores, Measure.DRAWN_FROM);
  }

  /** Indexes of the masks that are committed. */
  private IntStream committed(TokenState state, Proposals proposals) {
    float threshold = settings.get(THRESHOLD).floatValue();
    int[] masked =
        IntStream.range(0, proposals.positions().length)
            .filter(i -> state.tokens()[proposals.positions()[i]] == vocabulary.maskId())
            .toArray();
    // M2T: x_t = m and p(v | x_t) > threshold
    int[] sure = IntStream.of(masked).filter(i -> proposals.scores()[i] > threshold).toArray();
    int quota = quota(Progress.of(state).steps());
    return sure.length >= quota
        ? IntStream.of(sure)
        : Ranking.descending(IntStream.of(masked), proposals.scores()).limit(quota);
  }

  /** The block's length shared out to its steps, the remainder to the first. */
  private int quota(int step) {
    int steps = settings.get(STEPS);
    int block = settings.get(BLOCK);
    return steps == 0 ? settings.get(MINIMAL_TOPK) : block / steps + (step < block % steps ? 1 : 0);
  }

  /** Indexes of the tokens that are replaced. */
  private IntStream edited(TokenState state, Proposals proposals) {
    float threshold = settings.get(EDITING_THRESHOLD).floatValue();
    int[] tokens = state.tokens();
    int[] positions = proposals.positions();
    // T2T: x_t ≠ m, v ≠ x_t and p(v | x_t) > editing threshold
    return IntStream.range(0, positions.length)
        .filter(i -> tokens[positions[i]] != vocabulary.maskId())
        .filter(i -> proposals.tokens()[i] != tokens[positions[i]])
        .filter(i -> proposals.scores()[i] > threshold);
  }

  private TokenState next(TokenState state, int[] tokens, long[] draws) {
    int answer = Mark.promptLength(state.marks());
    int masks = masks(tokens, new BlockPosition(0, 1, answer, tokens.length));
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        (double) masks / Math.max(1, tokens.length - answer),
        state.evaluations() + 1,
        draws,
        progress(state, tokens).memory());
  }

  private Progress progress(TokenState state, int[] tokens) {
    BlockPosition block = block(state);
    int[] written =
        IntStream.range(block.from(), block.to())
            .filter(i -> tokens[i] != state.tokens()[i])
            .map(i -> tokens[i])
            .toArray();
    EarlyStop.Text text =
        new EarlyStop.Text(
            Arrays.copyOf(tokens, block.to()),
            Mark.promptLength(state.marks()),
            block.from(),
            written,
            vocabulary);
    boolean foundMasks = masks(state.tokens(), block) > 0;
    Progress progress = Progress.of(state).evaluated(foundMasks);
    boolean settled =
        !edits || written.length == 0 || progress.postSteps() >= settings.get(MAX_POST_STEPS);
    boolean over =
        stop.endsBlock(text) || (foundMasks ? isFilled(progress, masks(tokens, block)) : settled);
    if (stop.endsRun(text) || over && stop.endsRunWithBlock(text)) {
      return Progress.at(block.count());
    }
    return over
        ? Progress.at(blocks(state).firstWith(vocabulary.maskId(), tokens, block.index() + 1))
        : progress;
  }

  /** Whether a block is left after a step that found masks in it. */
  private boolean isFilled(Progress progress, int masks) {
    int steps = settings.get(STEPS);
    boolean goesOn = (edits || settings.get(EXTRA_FORWARD)) && settings.get(MAX_POST_STEPS) > 0;
    return steps > 0 && progress.steps() >= steps || masks == 0 && !goesOn;
  }

  private Blocks.Grid blocks(TokenState state) {
    return new Blocks.Grid(0, settings.get(BLOCK), state.length());
  }

  private int masks(int[] tokens, BlockPosition block) {
    return Blocks.Grid.count(vocabulary.maskId(), tokens, block);
  }

  /**
   * How far {@link Llada2} has come; it is in the trace's memory.
   *
   * @param block the block that is written, the number of blocks if nothing is left to do
   * @param steps evaluations of it that found masks
   * @param postSteps evaluations of it that found none
   */
  record Progress(int block, int steps, int postSteps) {
    private static final String NAME = "progress";

    /**
     * That of a state.
     *
     * @throws InputException if the state has none that can be
     */
    static Progress of(TokenState state) {
      if (state.memory().get(NAME) instanceof Values.I32(int[] data)
          && data.length == 3
          && data[0] >= 0
          && data[0] <= state.length()
          && data[1] >= 0
          && data[2] >= 0) {
        return new Progress(data[0], data[1], data[2]);
      }
      throw Memory.unsound(NAME);
    }

    Map<String, Values> memory() {
      return Map.of(NAME, new Values.I32(new int[] {block, steps, postSteps}));
    }

    /** After one evaluation more. */
    Progress evaluated(boolean foundMasks) {
      return new Progress(block, steps + (foundMasks ? 1 : 0), postSteps + (foundMasks ? 0 : 1));
    }

    /** A block that is not evaluated yet. */
    static Progress at(int block) {
      return new Progress(block, 0, 0);
    }
  }
}
