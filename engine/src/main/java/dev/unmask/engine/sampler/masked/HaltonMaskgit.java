package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Multinomial;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.Proposals;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TruncatedSoftmax;
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
 * MaskGIT in Halton's order (Besnier et al. 2025, https://arxiv.org/abs/2503.17076): the sequence
 * is a square picture, row by row, whose cells are filled in the order of a two-dimensional Halton
 * sequence, so that the cells of a step lie far apart. After step i of T the share 1 − acos(i / T)
 * · 2 / π is filled. Its time is the share of cells that its order has not reached.
 *
 * <p>Variables ↔ symbols: ratio ↔ i / T, share ↔ 1 − acos(i / T) · 2 / π, radicalInverse ↔ Φ_b.
 */
public final class HaltonMaskgit implements MaskSampler {
  static final Setting.Whole STEPS =
      new Setting.Whole("steps", 32, 1, Setting.Whole.MOST, "Denoising steps");
  static final Setting.Real FIRST_SCALE =
      new Setting.Real("first-scale", 1.0, 0, 100, "Multiplies the logits in the first step");
  static final Setting.Real LAST_SCALE =
      new Setting.Real("last-scale", 1.0, 0, 100, "Multiplies the logits in the last step");
  static final Setting.Real SCALE_POWER =
      new Setting.Real("scale-power", 1.0, 0, 100, "The power that the scales are raised to");
  static final Setting.Whole WARM_UP =
      new Setting.Whole(
          "warm-up", 0, 0, Setting.Whole.MOST, "First steps in which the scale is halved");
  static final Setting.Flag RANDOMIZE =
      new Setting.Flag("randomize", false, "Begin at a random place of the order");
  static final Setting.Flag ALL_STEPS =
      new Setting.Flag(
          "all-steps",
          false,
          "Go on when nothing is masked until all steps are taken, as the authors' program does");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "halton-maskgit",
          "MaskGIT, Halton's order",
          "Fills a square picture in an order that keeps the cells of a step apart. An"
              + " approximation: the tokens of a step do not know of each other.",
          URI.create("https://arxiv.org/abs/2503.17076"),
          "Equal, state by state, to a seeded recording of valeoai/Halton-MaskGIT@f61b0a13"
              + " halton_sampler.py, with all-steps = true, which takes steps that change nothing;"
              + " the default against theory by a chi-square test of samples",
          List.of(
              STEPS,
              FIRST_SCALE,
              LAST_SCALE,
              SCALE_POWER,
              WARM_UP,
              TruncatedSoftmax.TOP_K,
              RANDOMIZE,
              ALL_STEPS),
          HaltonMaskgit::new);

  /** Memory: where the order begins, one number. */
  private static final String BEGIN = "begin";

  private final Settings settings;
  private final Vocabulary vocabulary;

  private HaltonMaskgit(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    Rows one = Rows.packed(new int[] {0});
    int begin = settings.get(RANDOMIZE) ? random.integers(Purpose.ORDER, one, tokens.length)[0] : 0;
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    return new TokenState(0, tokens, free, 1, 0, new long[0], Map.of(BEGIN, Memory.of(begin)));
  }

  @Override
  public boolean finished(TokenState state) {
    boolean isFilled = state.positionsOf(vocabulary.maskId(), 0, state.length()).length == 0;
    return state.step() >= settings.get(STEPS) || isFilled && !settings.get(ALL_STEPS);
  }

  @Override
  public int plannedSteps(TokenState state) {
    return settings.get(STEPS);
  }

  /** Asks for the cells of this step, and for those before that another sampler left masked. */
  @Override
  public Request request(TokenState state) {
    int[] order = order(state);
    int[] rows =
        IntStream.range(0, reached(state.step() + 1, order.length))
            .map(place -> order[place])
            .filter(cell -> state.tokens()[cell] == vocabulary.maskId())
            .sorted()
            .toArray();
    return Request.ofSequence(state.tokens(), Attention.FULL, rows, Optional.empty());
  }

  private int[] order(TokenState state) {
    int[] order = Order.of(state.length());
    int begin = Memory.count(state, BEGIN);
    return IntStream.range(0, order.length)
        .map(place -> order[Math.floorMod(place - begin, order.length)])
        .toArray();
  }

  /** How many cells are filled after so many steps, in float32 as the authors compute it. */
  private int reached(int step, int cells) {
    if (step == 0) {
      return 0;
    }
    float ratio = (float) Math.min(1, (double) step / settings.get(STEPS));
    float share = 1 - (float) StrictMath.acos(ratio) / (float) (Math.PI / 2);
    return Math.min(cells, Math.max(step, (int) (share * cells)));
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    int[] cells = prediction.rows();
    float[][] probabilities = new float[cells.length][];
    for (int i = 0; i < cells.length; i++) {
      probabilities[i] = probabilities(prediction.logits()[i], scale(state.step()));
    }
    int[] tokens = drawn(probabilities, Rows.ofSequence(state.length(), cells), random);
    float[] scores = new float[tokens.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = probabilities[i][tokens[i]];
    }
    int step = state.step() + 1;
    double time = 1 - (double) reached(step, state.length()) / state.length();
    Proposals proposals = new Proposals(cells, tokens, scores, Measure.DRAWN_FROM);
    return proposals.commit(
        state,
        IntStream.range(0, cells.length).toArray(),
        proposals.all(Rule.ORDER),
        after ->
            new TokenState(
                step,
                after,
                state.marks(),
                time,
                state.evaluations() + 1,
                random.draws(),
                state.memory()));
  }

  private float[] probabilities(float[] logits, float scale) {
    float[] scaled = logits.clone();
    for (int token = 0; token < scaled.length; token++) {
      scaled[token] *= scale;
    }
    return Logits.softmax(Logits.without(scaled, new int[] {vocabulary.maskId()}));
  }

  /** In float32 as the authors compute it. */
  private float scale(int step) {
    int last = settings.get(STEPS) - 1;
    float from = settings.get(FIRST_SCALE).floatValue();
    float to = settings.get(LAST_SCALE).floatValue();
    float stride = last == 0 ? 0 : (to - from) / last;
    float scale =
        step < (last + 1) / 2 || last == 0 ? from + stride * step : to - stride * (last - step);
    float raised = (float) StrictMath.pow(scale, settings.get(SCALE_POWER).floatValue());
    return step < settings.get(WARM_UP) ? raised * 0.5f : raised;
  }

  /** The mask has no column where it is the last token, as codebooks have none for it. */
  private int[] drawn(float[][] probabilities, Rows rows, RandomSource random) {
    boolean isLast = vocabulary.maskId() == vocabulary.size() - 1;
    int columns = isLast ? vocabulary.maskId() : vocabulary.size();
    int kept = settings.get(TruncatedSoftmax.TOP_K);
    if (kept == 0 || kept >= columns) {
      return Multinomial.categorical(probabilities, columns, Purpose.TOKEN, rows, random);
    }
    int[][] best = new int[probabilities.length][];
    float[][] shares = new float[probabilities.length][kept];
    for (int i = 0; i < best.length; i++) {
      float[] row = probabilities[i];
      best[i] = Ranking.descending(IntStream.range(0, columns), row).limit(kept).toArray();
      float sum = (float) Arrays.stream(best[i]).mapToDouble(token -> row[token]).sum();
      for (int rank = 0; rank < kept; rank++) {
        shares[i][rank] = row[best[i][rank]] / sum;
      }
    }
    int[] ranks = Multinomial.draw(shares, kept, Purpose.TOKEN, rows, random);
    return IntStream.range(0, ranks.length).map(i -> best[i][ranks[i]]).toArray();
  }

  /**
   * The cells of a square in the order in which Halton's sequence of bases 2 and 3 first visits
   * them (Halton 1960, https://doi.org/10.1007/BF01386213).
   */
  static final class Order {
    private Order() {}

    /** So many cells, counted row by row, of the smallest square that has them. */
    static int[] of(int cells) {
      int side = (int) Math.ceil(Math.sqrt(cells));
      return IntStream.iterate(1, point -> point + 1)
          .map(point -> cell(point, 2, side) * side + cell(point, 3, side))
          .filter(cell -> cell < cells)
          .distinct()
          .limit(cells)
          .toArray();
    }

    /** In float32, whose rounding decides between cells where a point lies on their border. */
    private static int cell(int point, int base, int side) {
      return (int) Math.floor((float) radicalInverse(point, base) * side);
    }

    /** The digits of a number behind the point, the last first. */
    private static double radicalInverse(int number, int base) {
      // n = Σ_k d_k b^k ↦ Φ_b(n) = Σ_k d_k b^(−k−1)
      long digits = 0;
      long unit = 1;
      for (int rest = number; rest > 0; rest /= base) {
        digits = digits * base + rest % base;
        unit *= base;
      }
      return (double) digits / unit;
    }
  }
}
