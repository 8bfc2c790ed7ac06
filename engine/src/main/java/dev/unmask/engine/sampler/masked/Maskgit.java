package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.GumbelNoise;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.Proposals;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * MaskGIT's sampler (Chang et al. 2022, https://arxiv.org/abs/2202.04200, section 3.2): every step
 * draws a token at each mask and commits the most confident, so that the schedule's share of the
 * masks is left. Confidence is log p of the drawn token with Gumbel noise that fades out. The last
 * step commits all. Its time is the share of the masks that is left.
 *
 * <p>Variables ↔ symbols: ratio ↔ t / T, {@link MaskSchedule} ↔ γ, left ↔ γ(t / T) N.
 */
public final class Maskgit implements MaskSampler {
  static final Setting.Whole STEPS =
      new Setting.Whole("steps", 12, 1, Setting.Whole.MOST, "Denoising steps");
  static final Setting.Choice SCHEDULE =
      new Setting.Choice(
          "schedule",
          "cosine",
          MaskSchedule.WORDS,
          "How the share that is masked falls: cos(πr/2), 1 − r, 1 − r^exponent, − log r / log n or"
              + " 1 − n^(r − 1), where r is the share of the steps and n the number of masks");
  static final Setting.Real EXPONENT =
      new Setting.Real("exponent", 2.0, 0, 100, "The exponent of the schedule pow");
  static final Setting.Real CHOICE_TEMPERATURE =
      new Setting.Real(
          "choice-temperature",
          4.5,
          0,
          1000,
          "Strength, in the beginning, of the noise in the ranking; 0 is none");
  static final Setting.Flag REDRAW =
      new Setting.Flag(
          "redraw",
          false,
          "Keep one mask until the last step, whose token is drawn again and again, as the authors'"
              + " program does");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "maskgit",
          "MaskGIT",
          "Draws all tokens and commits the most confident, as many as a schedule says. An"
              + " approximation: it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2202.04200"),
          "Equal, state by state, to recordings of google-research/maskgit@1db23594"
              + " parallel_decode.py with JAX's own draws, with redraw = true; without it the"
              + " paper's schedule is kept to the end",
          List.of(STEPS, SCHEDULE, EXPONENT, CHOICE_TEMPERATURE, REDRAW),
          Maskgit::new);

  /** The least number that JAX's Gumbel noise is made of. */
  private static final float TINY = Float.MIN_NORMAL;

  /** What rounding in float32 can add to a score is less. */
  private static final float ROUNDING = 1e-4f;

  /** Memory: how many masks there were at the start, one number. */
  private static final String MASKS = "masks";

  private final Settings settings;
  private final Vocabulary vocabulary;

  private Maskgit(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    Map<String, Values> memory = Map.of(MASKS, Memory.of(masks(tokens)));
    return new TokenState(0, tokens, free, 1, 0, new long[0], memory);
  }

  @Override
  public boolean finished(TokenState state) {
    return state.step() >= settings.get(STEPS) || masks(state.tokens()) == 0;
  }

  @Override
  public int plannedSteps(TokenState state) {
    return settings.get(STEPS);
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    int[] masked = prediction.rows();
    Rows rows = Rows.ofSequence(state.length(), masked);
    int[] tokens = new int[masked.length];
    float[] scores = new float[masked.length];
    float[][] uniform = random.uniform32(Purpose.TOKEN, rows, columns());
    Prediction unmasked = Logits.without(prediction, new int[] {vocabulary.maskId()});
    Distribution[] distributions = unmasked.distributions();
    EachRow.of(
        masked.length,
        vocabulary.size(),
        i -> {
          tokens[i] = drawn(unmasked.logits()[i], uniform[i]);
          scores[i] = (float) StrictMath.log((float) distributions[i].probability(tokens[i]));
        });
    float[][] chance = random.uniform32(Purpose.ORDER, rows, 1);
    float ratio = (float) (state.step() + 1) / settings.get(STEPS);
    float strength = settings.get(CHOICE_TEMPERATURE).floatValue() * (1 - ratio);
    for (int i = 0; i < masked.length; i++) {
      scores[i] += strength * gumbel(chance[i][0]);
    }
    int[] chosen =
        Ranking.descending(IntStream.range(0, masked.length), scores)
            .limit(masked.length - left(state, masked.length))
            .toArray();
    Measure measure = strength == 0 ? Measure.LOG_PROBABILITY : Measure.NOISY;
    Proposals proposals = new Proposals(masked, tokens, scores, measure);
    Grounds grounds = proposals.all(Rule.RANK).withQuota(chosen.length);
    return proposals.commit(state, chosen, grounds, after -> next(state, after, random.draws()));
  }

  /** The mask has no column where it is the last token, as codebooks have none for it. */
  private int columns() {
    return vocabulary.maskId() == vocabulary.size() - 1 ? vocabulary.maskId() : vocabulary.size();
  }

  private static int drawn(float[] logits, float[] uniform) {
    int best = 0;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int token = 0; token < uniform.length; token++) {
      // The noise is dear, and few tokens can have the greatest score.
      if (logits[token] + GumbelNoise.atMost(uniform[token]) < greatest - ROUNDING) {
        continue;
      }
      float score = gumbel(uniform[token]) + logits[token];
      if (score > greatest) {
        greatest = score;
        best = token;
      }
    }
    return best;
  }

  private static float gumbel(float uniform) {
    float clock = -(float) StrictMath.log(Math.max(uniform, TINY));
    return -(float) StrictMath.log(clock);
  }

  /** How many of the masks stay masked: not all, and in the last step none. */
  private int left(TokenState state, int masked) {
    int step = state.step() + 1;
    int steps = settings.get(STEPS);
    if (step == steps) {
      return 0;
    }
    int planned =
        MaskSchedule.valueOf(settings.get(SCHEDULE).toUpperCase(Locale.ROOT))
            .masks(step, steps, settings.get(EXPONENT).floatValue(), Memory.count(state, MASKS));
    int left = Math.min(masked - 1, planned);
    return settings.get(REDRAW) ? Math.max(1, left) : left;
  }

  private TokenState next(TokenState state, int[] tokens, long[] draws) {
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        (double) masks(tokens) / Math.max(1, Memory.count(state, MASKS)),
        state.evaluations() + 1,
        draws,
        state.memory());
  }

  private int masks(int[] tokens) {
    return (int) Arrays.stream(tokens).filter(token -> token == vocabulary.maskId()).count();
  }
}
