package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
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
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * WINO, wide-in and narrow-out (Hong et al. 2025, https://arxiv.org/abs/2507.18578): every step
 * commits many predictions, those surer than the threshold, and remasks committed tokens that
 * proved wrong. What a token is worth is asked of a shadow block: masks at the positions of the
 * block, which see everything but the token at their own position. So long as more than one was
 * committed, tokens whose shadow gives them less than the second threshold are remasked, fewer of
 * them than the step before committed: a block is filled in the end. Its time is the share of the
 * answer that is masked.
 *
 * <p>Blocks are counted from the end of the prompt, its last masks included; masks in the prompt
 * are filled with the first block, which is not left before.
 *
 * <p>Variables ↔ symbols: threshold ↔ τ_1, threshold-back ↔ τ_2.
 */
public final class Wino implements TokenSampler {
  static final Setting.Real THRESHOLD =
      new Setting.Real(
          "threshold", 0.6, 0, 1, "The probability above which a prediction is committed");
  static final Setting.Real THRESHOLD_BACK =
      new Setting.Real(
          "threshold-back", 0.9, 0, 1, "The probability below which a token is remasked");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "wino",
          "WINO",
          "Commits many predictions at once and remasks those that the rest of the text"
              + " contradicts. An approximation: it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2507.18578"),
          "Equal, evaluation by evaluation, to recordings of Feng-Hong/WINO-DLLM@9549a1d0"
              + " decoding.py",
          List.of(Llada.BLOCK, THRESHOLD, THRESHOLD_BACK, Llada.TEMPERATURE),
          Wino::new);

  /** Before the first step of a block, what the step before it is taken to have committed. */
  private static final int AT_START = 30;

  private static final int MOST_COMMITTED = 20;
  private static final int COMMITTED_OF_FEW = 5;
  private static final double SHARE_COMMITTED = 0.7;

  /** Memory: where the answer starts, one number; traces of earlier versions have none. */
  private static final String ANSWER = "answer";

  /** Memory: how many the step before committed in this block, 0 if there was none. */
  private static final String COMMITTED = "committed";

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final double temperature;

  private Wino(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.temperature = settings.get(Llada.TEMPERATURE);
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    return new TokenState(0, tokens, free, 1, 0, new long[0], memory(Mark.promptLength(marks), 0));
  }

  @Override
  public boolean revises() {
    return true;
  }

  @Override
  public boolean finished(TokenState state) {
    return masks(state, state.length()).length == 0;
  }

  /** One for each mask that is left: it commits that much more than it remasks. */
  @Override
  public int plannedSteps(TokenState state) {
    return state.step() + masks(state, state.length()).length;
  }

  /** The first before whose end a mask is left. */
  @Override
  public BlockPosition block(TokenState state) {
    return block(state.tokens(), answer(state));
  }

  private static int answer(TokenState state) {
    return state.memory().containsKey(ANSWER)
        ? Memory.count(state, ANSWER)
        : Mark.promptLength(state.marks());
  }

  private BlockPosition block(int[] tokens, int answer) {
    int start = Math.min(answer, tokens.length - 1);
    int size = settings.get(Llada.BLOCK) == 0 ? tokens.length - start : settings.get(Llada.BLOCK);
    Blocks.Grid blocks = new Blocks.Grid(start, size, tokens.length);
    boolean hasGap = Arrays.stream(tokens, 0, start).anyMatch(t -> t == vocabulary.maskId());
    int first = hasGap ? 0 : blocks.firstWith(vocabulary.maskId(), tokens, 0);
    return blocks.at(Math.min(first, blocks.count() - 1));
  }

  /** Asks for the masks up to the block's end, and for the shadows of its tokens. */
  @Override
  public Request request(TokenState state) {
    BlockPosition block = block(state);
    int length = state.length();
    int shadows = block.to() - block.from();
    int[] ids = Arrays.copyOf(state.tokens(), length + shadows);
    Arrays.fill(ids, length, ids.length, vocabulary.maskId());
    IntStream filled =
        IntStream.range(block.from(), block.to())
            .filter(i -> ids[i] != vocabulary.maskId() && !Mark.given(state.marks()[i]));
    int[] rows =
        IntStream.concat(
                IntStream.of(masks(state, block.to())),
                filled.map(position -> length + position - block.from()))
            .toArray();
    int[] positions =
        IntStream.range(0, ids.length)
            .map(slot -> slot < length ? slot : block.from() + slot - length)
            .toArray();
    return Request.ofSequence(ids, new Attention.Shadowed(length), rows, Optional.empty())
        .at(positions);
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    BlockPosition block = block(state);
    int length = state.length();
    int[] masked = masks(state, block.to());
    int[] predicted = new int[length];
    double[] scores = new double[length];
    Arrays.fill(predicted, -1);
    Arrays.fill(scores, Double.NaN);
    Rows rows = new Rows(length + block.to() - block.from(), masked, masked);
    double[][] noise =
        temperature == 0 ? null : random.uniform64(Purpose.TOKEN, rows, vocabulary.size());
    int[] filled = new int[prediction.rows().length - masked.length];
    Prediction unmasked = Logits.without(prediction, new int[] {vocabulary.maskId()});
    Distribution[] distributions = unmasked.distributions();
    EachRow.of(
        distributions.length,
        vocabulary.size(),
        i -> {
          boolean isShadow = i >= masked.length;
          int position = isShadow ? block.from() + prediction.rows()[i] - length : masked[i];
          predicted[position] =
              isShadow || temperature == 0
                  ? distributions[i].token()
                  : Logits.drawByGumbel(unmasked.logits()[i], noise[i], temperature);
          int judged = isShadow ? state.tokens()[position] : predicted[position];
          scores[position] = distributions[i].probability(judged);
          if (isShadow) {
            filled[i - masked.length] = position;
          }
        });
    int[] chosen = committed(masked, scores);
    int[] tokens = state.tokens().clone();
    for (int position : chosen) {
      tokens[position] = predicted[position];
    }
    remasked(state, filled, scores, chosen.length)
        .forEach(position -> tokens[position] = vocabulary.maskId());
    TokenState next = next(state, tokens, chosen.length, random.draws());
    Grounds grounds = grounds(masked, filled, scores, chosen);
    int[] positions = IntStream.concat(IntStream.of(masked), IntStream.of(filled)).toArray();
    return new TokenStep(predicted, Logits.floats(scores), next, grounds.at(positions, length));
  }

  /** Of the masks, and behind them of the tokens that are judged. */
  private Grounds grounds(int[] masked, int[] filled, double[] scores, int[] chosen) {
    Proposals masks =
        new Proposals(masked, new int[0], new float[masked.length], Measure.PROBABILITY);
    int[] taken =
        IntStream.of(chosen).map(position -> Arrays.binarySearch(masked, position)).toArray();
    Grounds passing = masks.passing(taken, i -> scores[masked[i]] > settings.get(THRESHOLD));
    Rule[] rules = new Rule[masked.length + filled.length];
    float[] limits = new float[rules.length];
    for (int i = 0; i < rules.length; i++) {
      boolean isMask = i < masked.length;
      rules[i] = isMask ? passing.rule(i) : Rule.DOUBT;
      limits[i] = settings.get(isMask ? THRESHOLD : THRESHOLD_BACK).floatValue();
    }
    return Grounds.of(Measure.PROBABILITY, rules).withThreshold(limits).withQuota(chosen.length);
  }

  /** Those above the threshold, not too many, or the surest. */
  private int[] committed(int[] masked, double[] scores) {
    // wide in: p > τ_1
    int few = Math.max((int) (masked.length * SHARE_COMMITTED), COMMITTED_OF_FEW);
    long sure =
        Arrays.stream(masked)
            .filter(position -> scores[position] > settings.get(THRESHOLD))
            .count();
    return Ranking.ascending(masked, position -> -scores[position])
        .limit(Math.clamp(sure, 1, Math.min(few, MOST_COMMITTED)))
        .toArray();
  }

  /** Those below the second threshold, the worst if these are too many. */
  private IntStream remasked(TokenState state, int[] filled, double[] scores, int committed) {
    // narrow out: p < τ_2, where p is what the shadow gives the token
    int before = Memory.count(state, COMMITTED);
    int most = committed > 1 ? (before == 0 ? AT_START : before) - 1 : 0;
    return Ranking.ascending(filled, position -> scores[position])
        .filter(position -> scores[position] < settings.get(THRESHOLD_BACK))
        .limit(most);
  }

  private TokenState next(TokenState state, int[] tokens, int committed, long[] draws) {
    int answer = answer(state);
    boolean starts = block(tokens, answer).index() != block(state).index();
    long masks =
        Arrays.stream(tokens).skip(answer).filter(token -> token == vocabulary.maskId()).count();
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        (double) masks / Math.max(1, tokens.length - answer),
        state.evaluations() + 1,
        draws,
        memory(answer, starts ? 0 : committed));
  }

  private static Map<String, Values> memory(int answer, int committed) {
    return Map.of(ANSWER, Memory.of(answer), COMMITTED, Memory.of(committed));
  }

  private int[] masks(TokenState state, int to) {
    return state.positionsOf(vocabulary.maskId(), 0, to);
  }
}
