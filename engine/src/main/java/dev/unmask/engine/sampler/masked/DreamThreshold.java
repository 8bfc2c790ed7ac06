package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Blocks;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.Proposals;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TruncatedSoftmax;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fast-dLLM's confidence threshold for Dream (Wu et al. 2025, https://arxiv.org/abs/2505.22618):
 * each step has an equal share of the masks as its quota; the surest position is committed, and of
 * the rest of the quota those that reach the threshold. What the quota leaves is carried over to
 * the next step, and steps are added at the end until nothing is left.
 *
 * <p>Variables ↔ symbols: scores ↔ c, threshold ↔ τ.
 */
public final class DreamThreshold implements MaskSampler {
  static final Setting.Real THRESHOLD =
      new Setting.Real(
          "threshold", 0.9, 0, 1, "The least probability with which more than one is committed");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "dream-threshold",
          "Dream, Fast-dLLM's threshold",
          "Commits an equal share of the masks a step, but holds back what is not sure enough. An"
              + " approximation: it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2505.22618"),
          "Equal, state by state, to a recording of NVlabs/Fast-dLLM@24cc59e7 dream"
              + " generation_utils.py",
          Stream.concat(Stream.of(Dream.STEPS, THRESHOLD), TruncatedSoftmax.SETTINGS.stream())
              .toList(),
          DreamThreshold::new);

  /** Memory: how many masks there were at the start, one number. */
  private static final String MASKS = "masks";

  /** Memory: how much of the last step's quota was left, one number. */
  private static final String LEFT = "left";

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final TruncatedSoftmax softmax;

  private DreamThreshold(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.softmax = TruncatedSoftmax.of(settings);
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    int masks = masks(tokens);
    if (settings.get(Dream.STEPS) > 0 && masks % settings.get(Dream.STEPS) != 0) {
      throw new SettingException(
          "steps",
          "0",
          "The setting steps is %d, which does not divide the %d masked positions; choose %s or 0."
              .formatted(settings.get(Dream.STEPS), masks, Blocks.divisors(masks)));
    }
    return new TokenState(0, tokens, free, 1, 0, new long[0], memory(masks, 0));
  }

  /** What the steps that are left have no quota for is left from before. */
  @Override
  public TokenState adopt(TokenState state, RandomSource random) {
    TokenState begun = state.withMemory(start(state.tokens(), state.marks(), random).memory());
    int masks = Memory.count(begun, MASKS);
    int planned = Math.max(0, steps(begun) - begun.step()) * (masks / Math.max(1, steps(begun)));
    return begun.withMemory(memory(masks, masks - planned));
  }

  /** One more than planned as long as a quota was left. */
  @Override
  public int plannedSteps(TokenState state) {
    return Math.max(steps(state), state.step() + (Memory.count(state, LEFT) > 0 ? 1 : 0));
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    float[][] probabilities = softmax.probabilities(prediction.logits());
    int[] masked = prediction.rows();
    int[] tokens = softmax.tokens(probabilities, vocabulary.size(), Rows.packed(masked), random);
    float[] scores = new float[tokens.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = probabilities[i][tokens[i]];
    }
    int[] quota =
        Ranking.descending(IntStream.range(0, scores.length), scores).limit(quota(state)).toArray();
    float threshold = settings.get(THRESHOLD).floatValue();
    // c_i ≥ τ, or the greatest c
    int[] chosen =
        IntStream.of(quota).filter(i -> i == quota[0] || scores[i] >= threshold).toArray();
    int left = quota.length - chosen.length;
    Proposals proposals = new Proposals(masked, tokens, scores, Measure.DRAWN_FROM);
    Grounds grounds =
        proposals
            .passing(chosen, i -> scores[i] >= threshold)
            .withThreshold(threshold)
            .withQuota(quota.length);
    return proposals.commit(
        state, chosen, grounds, after -> next(state, after, left, random.draws()));
  }

  /** The share of the planned steps, and what was left. */
  private int quota(TokenState state) {
    int share = state.step() < steps(state) ? Memory.count(state, MASKS) / steps(state) : 0;
    return share + Memory.count(state, LEFT);
  }

  /** Its time is the share of the masks that is left. */
  private TokenState next(TokenState state, int[] tokens, int left, long[] draws) {
    int masks = Memory.count(state, MASKS);
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        Math.min(1, (double) masks(tokens) / masks),
        state.evaluations() + 1,
        draws,
        memory(masks, left));
  }

  private static Map<String, Values> memory(int masks, int left) {
    return Map.of(MASKS, Memory.of(masks), LEFT, Memory.of(left));
  }

  private int steps(TokenState state) {
    int steps = settings.get(Dream.STEPS);
    return steps == 0 ? Memory.count(state, MASKS) : steps;
  }

  private int masks(int[] tokens) {
    return (int) Arrays.stream(tokens).filter(token -> token == vocabulary.maskId()).count();
  }
}
