package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Blocks;
import dev.unmask.engine.sampler.api.Logits;
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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Fast-dLLM's parallel decoding for LLaDA (Wu et al. 2025, https://arxiv.org/abs/2505.22618): every
 * step commits the predictions that are sure enough, by a threshold or by a factor (the paper's
 * theorem 1), or else LLaDA's quota, and always the surest. A block is filled before the next one
 * starts. With a cache the keys and values of all that lies before the block (prefix) or outside of
 * it (dual) are those of the block's first evaluation. Its time is the share of the answer that is
 * masked.
 *
 * <p>With a prefix cache at a temperature above 0, the authors' program draws once more in each
 * block's first evaluation and does not use it; that draw is not made here, so a seed of torch's
 * gives other tokens there.
 *
 * <p>Masks left before the block compete with it in evaluations of the whole sequence, as in the
 * authors' program. Where that commits nothing but predicted masks it would go on for ever; here
 * the most probable other tokens are committed then.
 *
 * <p>Variables ↔ symbols: {@link GumbelDraws#scores} ↔ c, threshold ↔ τ, factor ↔ f.
 */
public final class FastDllm implements TokenSampler {
  static final Setting.Choice RULE =
      new Setting.Choice(
          "rule",
          "threshold",
          List.of("threshold", "factor", "quota"),
          "What is committed: probable enough predictions, those that are probable enough together,"
              + " or a fixed number");
  static final Setting.Real THRESHOLD =
      new Setting.Real(
          "threshold", 0.9, 0, 1, "By threshold: the least probability that is committed at once");
  static final Setting.Real FACTOR =
      new Setting.Real(
          "factor",
          1.0,
          0,
          1000,
          "By factor: n are committed if all are more probable than 1 − factor / (n + 1)");
  static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps",
          0,
          0,
          Setting.Whole.MOST,
          "By quota: denoising steps; 0 is one for each answer position");
  static final Setting.Choice REMASKING =
      new Setting.Choice(
          "remasking",
          "low-confidence",
          List.of("low-confidence", "random"),
          "What ranks predictions: their probability, or chance");
  static final Setting.Choice CACHE =
      new Setting.Choice(
          "cache",
          "none",
          List.of("none", "prefix", "dual"),
          "Which keys and values of a block's first evaluation serve its later ones: none, those"
              + " before the block, or all outside of it");
  static final Setting.Flag FULL_BLOCKS =
      new Setting.Flag(
          "evaluate-full-blocks",
          false,
          "With a cache, evaluate a block once more that its first evaluation filled, in vain, as"
              + " the reference does");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "fast-dllm",
          "Fast-dLLM",
          "Commits every prediction that is sure enough, at least one a step, block by block, with"
              + " or without a cache of keys and values. An approximation: it favours probable"
              + " tokens, and a cache is out of date.",
          URI.create("https://arxiv.org/abs/2505.22618"),
          "Equal to recordings of NVlabs/Fast-dLLM@24cc59e7 llada/generate.py: state by state, and"
              + " final tokens and evaluations with either cache; but for a draw with the prefix cache"
              + " at a temperature, which the program makes and does not use",
          List.of(
              Llada.BLOCK,
              RULE,
              THRESHOLD,
              FACTOR,
              STEPS,
              Llada.TEMPERATURE,
              REMASKING,
              CACHE,
              FULL_BLOCKS),
          FastDllm::new);

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final double temperature;

  private FastDllm(Settings settings, Vocabulary vocabulary) {
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
    int answer = Mark.promptLength(marks);
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    BlockFilling first =
        BlockFilling.from(0, blocks(answer, tokens.length), tokens, vocabulary.maskId());
    return new TokenState(
        0,
        tokens,
        free,
        time(tokens, answer),
        0,
        new long[0],
        first.memory(answer, isCached(), tokens));
  }

  @Override
  public boolean finished(TokenState state) {
    return BlockFilling.of(state).index() >= blocks(state).count();
  }

  /** By quota as planned, otherwise one for each mask that is left: the most that it can take. */
  @Override
  public int plannedSteps(TokenState state) {
    if (finished(state)) {
      return state.step();
    }
    if (settings.get(RULE).equals("quota")) {
      BlockFilling progress = BlockFilling.of(state);
      int left = (blocks(state).count() - progress.index()) * blocks(state).stepsEach();
      return state.step() + Math.max(1, left - progress.taken());
    }
    int masks =
        state.positionsOf(vocabulary.maskId(), BlockFilling.answer(state), state.length()).length;
    return state.step() + Math.max(1, masks);
  }

  @Override
  public BlockPosition block(TokenState state) {
    return blocks(state).position(BlockFilling.of(state).index());
  }

  @Override
  public Request request(TokenState state) {
    BlockPosition block = block(state);
    Request whole =
        Request.ofSequence(state.tokens(), Attention.FULL, new int[0], Optional.empty())
            .at(state.time());
    if (!isWindow(state)) {
      int[] rows = state.positionsOf(vocabulary.maskId(), 0, block.to());
      return whole.withRows(rows).in(isCached() ? Context.KEPT : Context.NONE);
    }
    int[] masked = state.positionsOf(vocabulary.maskId(), block.from(), block.to());
    int[] rows = IntStream.of(masked).map(position -> position - block.from()).toArray();
    int[] earlier = BlockFilling.context(state, vocabulary.size());
    double time = time(earlier, BlockFilling.answer(state));
    int since = state.step() - BlockFilling.of(state).taken();
    return whole
        .window(block.from(), windowEnd(state), rows)
        .in(new Context.Earlier(since, earlier, OptionalDouble.of(time)));
  }

  /** Whether only what the cache does not hold is evaluated. */
  private boolean isWindow(TokenState state) {
    return isCached() && BlockFilling.of(state).taken() > 0;
  }

  private boolean isCached() {
    return !settings.get(CACHE).equals("none");
  }

  private int windowEnd(TokenState state) {
    return settings.get(CACHE).equals("dual") ? block(state).to() : state.length();
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    int from = isWindow(state) ? block(state).from() : 0;
    int slots = (isWindow(state) ? windowEnd(state) : state.length()) - from;
    int[] positions = IntStream.of(prediction.rows()).map(slot -> slot + from).toArray();
    GumbelDraws draws =
        GumbelDraws.of(
            prediction,
            temperature,
            settings.get(REMASKING).equals("random"),
            new Rows(slots, prediction.rows(), positions),
            vocabulary.size(),
            random);
    int[] chosen = IntStream.of(draws.surestFirst()).limit(count(state, draws)).toArray();
    boolean onlyMasks =
        IntStream.of(chosen).allMatch(i -> draws.tokens()[i] == vocabulary.maskId());
    int[] tokens = onlyMasks ? clean(prediction) : draws.tokens();
    Measure measure =
        settings.get(REMASKING).equals("random") ? Measure.RANDOM : Measure.PROBABILITY;
    Proposals proposals = new Proposals(positions, tokens, draws.confidence(), measure);
    Grounds grounds =
        onlyMasks ? proposals.insteadOfMasks(chosen) : grounds(proposals, chosen, draws);
    return proposals.commit(state, chosen, grounds, after -> next(state, after, random.draws()));
  }

  private Grounds grounds(Proposals proposals, int[] chosen, GumbelDraws draws) {
    double[] scores = draws.scores();
    return switch (settings.get(RULE)) {
      case "quota" -> proposals.all(Rule.RANK).withQuota(chosen.length);
      case "factor" -> {
        double[] limits = draws.limits(settings.get(FACTOR));
        Grounds passing = proposals.passing(chosen, i -> scores[i] >= limits[i]);
        yield leftOver(passing, chosen, draws).withThreshold(Logits.floats(limits));
      }
      default -> {
        double threshold = settings.get(THRESHOLD);
        yield proposals
            .passing(chosen, i -> scores[i] >= threshold)
            .withThreshold((float) threshold);
      }
    };
  }

  /** By factor, the last of all is taken without a word of its score. */
  private static Grounds leftOver(Grounds grounds, int[] chosen, GumbelDraws draws) {
    int last = chosen.length - 1;
    boolean isForced = last > 0 && grounds.rule(chosen[last]) == Rule.FORCED;
    if (!isForced || chosen.length < draws.tokens().length) {
      return grounds;
    }
    Rule[] rules = IntStream.range(0, chosen.length).mapToObj(grounds::rule).toArray(Rule[]::new);
    rules[chosen[last]] = Rule.LEFT_OVER;
    return Grounds.of(grounds.measure(), rules);
  }

  private int[] clean(Prediction prediction) {
    int[] mask = {vocabulary.maskId()};
    return Arrays.stream(prediction.logits())
        .mapToInt(logits -> Logits.argmax(Logits.without(logits, mask)))
        .toArray();
  }

  /** How many of the surest are committed. */
  private int count(TokenState state, GumbelDraws draws) {
    return switch (settings.get(RULE)) {
      case "quota" -> {
        BlockFilling progress = BlockFilling.of(state);
        yield Math.max(1, blocks(state).quota(progress.taken(), progress.masks()));
      }
      case "factor" -> draws.sureTogether(settings.get(FACTOR));
      default -> draws.above(settings.get(THRESHOLD));
    };
  }

  private TokenState next(TokenState state, int[] tokens, long[] draws) {
    int answer = BlockFilling.answer(state);
    BlockFilling progress = BlockFilling.of(state);
    BlockPosition block = block(state);
    boolean full =
        IntStream.range(block.from(), block.to()).noneMatch(i -> tokens[i] == vocabulary.maskId());
    boolean inVain = isCached() && settings.get(FULL_BLOCKS) && progress.taken() == 0;
    BlockFilling after =
        full && !inVain
            ? BlockFilling.from(progress.index() + 1, blocks(state), tokens, vocabulary.maskId())
            : progress.another();
    int[] context =
        isCached() && after.taken() > 0 ? BlockFilling.context(state, vocabulary.size()) : tokens;
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        time(tokens, answer),
        state.evaluations() + 1,
        draws,
        after.memory(answer, isCached(), context));
  }

  private double time(int[] tokens, int answer) {
    long masks =
        IntStream.range(answer, tokens.length)
            .filter(i -> tokens[i] == vocabulary.maskId())
            .count();
    return (double) masks / (tokens.length - answer);
  }

  private Blocks blocks(TokenState state) {
    return blocks(BlockFilling.answer(state), state.length());
  }

  private Blocks blocks(int answer, int length) {
    int steps = settings.get(RULE).equals("quota") ? settings.get(STEPS) : 0;
    return Blocks.of(answer, length, settings.get(Llada.BLOCK), steps);
  }
}
