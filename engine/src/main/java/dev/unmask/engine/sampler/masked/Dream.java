package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Prediction;
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
import dev.unmask.engine.sampler.api.Times;
import dev.unmask.engine.sampler.api.TruncatedSoftmax;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Dream's sampler (Ye et al. 2025, https://arxiv.org/abs/2508.15487): a step from t to s commits
 * the share 1 − s / t of the masked positions, and the last step all of them. Its algorithm
 * "origin" commits each position with that chance; the others commit the positions that score
 * highest, or draw them with chances ∝ exp(score / alg-temp). The score is what is recorded as
 * confidence.
 *
 * <p>Variables ↔ symbols: grid.at(step) ↔ t, grid.at(step + 1) ↔ s, share ↔ 1 − s / t.
 */
public final class Dream implements MaskSampler {
  static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps", 0, 0, Setting.Whole.MOST, "Denoising steps; 0 is one for each masked position");
  static final Setting.Real EPS =
      new Setting.Real("eps", 1e-3, 0, 0.5, "The time, of 1, at which the steps end");
  static final Setting.Choice ALG =
      new Setting.Choice(
          "alg",
          "entropy",
          List.of("origin", "maskgit-plus", "topk-margin", "entropy"),
          "What is committed: random positions, or those of the greatest probability, of the"
              + " greatest lead over the second token, or of the least entropy");
  static final Setting.Real ALG_TEMP =
      new Setting.Real(
          "alg-temp", 0.0, 0, 100, "How much chance there is in the ranking; 0 is none");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "dream",
          "Dream",
          "Commits a share of the masks that follows the time: random ones by origin, else the"
              + " surest. But for origin an approximation: it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2508.15487"),
          "Equal, state by state, to recordings of Dream's generation_utils.py, seeded ones too"
              + " (ZHZisZZ/dllm@ca176752, NVlabs/Fast-dLLM@24cc59e7)",
          Stream.concat(Stream.of(STEPS, EPS, ALG, ALG_TEMP), TruncatedSoftmax.SETTINGS.stream())
              .toList(),
          Dream::new);

  /** Memory: how many masks there were at the start, one number. */
  private static final String MASKS = "masks";

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final TruncatedSoftmax softmax;

  private Dream(Settings settings, Vocabulary vocabulary) {
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
    return new TokenState(0, tokens, free, 1, 0, new long[0], Map.of(MASKS, Memory.of(masks)));
  }

  @Override
  public int plannedSteps(TokenState state) {
    return grid(state).steps();
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    float[][] probabilities = softmax.probabilities(prediction.logits());
    return settings.get(ALG).equals("origin")
        ? byChance(state, prediction.rows(), probabilities, random)
        : byRank(state, prediction.rows(), probabilities, random);
  }

  /** Tokens are drawn only where chance chose the position; elsewhere the greatest is told. */
  private TokenStep byChance(
      TokenState state, int[] masked, float[][] probabilities, RandomSource random) {
    float[][] uniform = random.uniform32(Purpose.ORDER, Rows.packed(masked), 1);
    float share = share(state);
    int[] chosen = IntStream.range(0, masked.length).filter(i -> uniform[i][0] < share).toArray();
    float[][] of = IntStream.of(chosen).mapToObj(i -> probabilities[i]).toArray(float[][]::new);
    int[] positions = IntStream.of(chosen).map(i -> masked[i]).toArray();
    int[] drawn = softmax.tokens(of, vocabulary.size(), Rows.packed(positions), random);
    int[] tokens = Arrays.stream(probabilities).mapToInt(Logits::argmax).toArray();
    for (int i = 0; i < chosen.length; i++) {
      tokens[chosen[i]] = drawn[i];
    }
    float[] draws = new float[masked.length];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = uniform[i][0];
    }
    Proposals proposals = proposals(masked, tokens, probabilities);
    Grounds grounds = proposals.all(Rule.CHANCE).withChance(share).withDraw(draws);
    return proposals.commit(state, chosen, grounds, after -> next(state, after, random.draws()));
  }

  private TokenStep byRank(
      TokenState state, int[] masked, float[][] probabilities, RandomSource random) {
    Rows rows = Rows.packed(masked);
    int[] tokens = softmax.tokens(probabilities, vocabulary.size(), rows, random);
    Proposals proposals = proposals(masked, tokens, probabilities);
    int[] chosen = chosen(proposals, state.length(), (int) (masked.length * share(state)), random);
    boolean drawn = settings.get(ALG_TEMP).floatValue() > 0 && chosen.length > 0;
    Grounds grounds = proposals.all(drawn ? Rule.SAMPLED : Rule.RANK).withQuota(chosen.length);
    return proposals.commit(state, chosen, grounds, after -> next(state, after, random.draws()));
  }

  private Proposals proposals(int[] masked, int[] tokens, float[][] probabilities) {
    float[] scores = new float[masked.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          switch (settings.get(ALG)) {
            case "topk-margin" -> Confidence.margin(probabilities[i]);
            case "entropy" -> Confidence.negativeEntropy(probabilities[i]);
            default -> probabilities[i][tokens[i]];
          };
    }
    Measure measure =
        switch (settings.get(ALG)) {
          case "topk-margin" -> Measure.MARGIN;
          case "entropy" -> Measure.NEGATIVE_ENTROPY;
          default -> Measure.DRAWN_FROM;
        };
    return new Proposals(masked, tokens, scores, measure);
  }

  /**
   * Where chance has a part, every position of the sequence takes a number, as in the reference.
   */
  private int[] chosen(Proposals proposals, int length, int count, RandomSource random) {
    IntStream all = IntStream.range(0, proposals.positions().length);
    float temperature = settings.get(ALG_TEMP).floatValue();
    if (temperature == 0 || count == 0) {
      return Ranking.descending(all, proposals.scores()).limit(count).toArray();
    }
    float[] tempered = new float[length];
    Arrays.fill(tempered, Float.NEGATIVE_INFINITY);
    all.forEach(i -> tempered[proposals.positions()[i]] = proposals.scores()[i] / temperature);
    // ∝ exp(score / alg-temp); drawn without putting back
    float[] weights = Logits.softmax(tempered);
    for (int position : proposals.positions()) {
      weights[position] = Math.max(weights[position], Float.MIN_VALUE);
    }
    return Arrays.stream(Multinomial.positions(weights, count, Purpose.ORDER, random))
        .map(position -> Arrays.binarySearch(proposals.positions(), position))
        .toArray();
  }

  /** 1 − s / t, in float32 as the reference computes it; 1 in the last step. */
  private float share(TokenState state) {
    Times.Grid grid = grid(state);
    int step = state.step();
    return step < grid.steps() - 1 ? 1 - grid.at(step + 1) / grid.at(step) : 1;
  }

  private TokenState next(TokenState state, int[] tokens, long[] draws) {
    int step = state.step() + 1;
    return new TokenState(
        step,
        tokens,
        state.marks(),
        grid(state).at(step),
        state.evaluations() + 1,
        draws,
        state.memory());
  }

  private Times.Grid grid(TokenState state) {
    int steps = settings.get(STEPS);
    return new Times.Grid(steps == 0 ? Memory.count(state, MASKS) : steps, settings.get(EPS));
  }

  private int masks(int[] tokens) {
    return (int) Arrays.stream(tokens).filter(token -> token == vocabulary.maskId()).count();
  }

  /** How sure a row of probabilities is, the surer the greater. */
  static final class Confidence {
    private Confidence() {}

    /** How far the greatest is ahead of the second. */
    static float margin(float[] probabilities) {
      float first = 0;
      float second = 0;
      for (float probability : probabilities) {
        if (probability > first) {
          second = first;
          first = probability;
        } else if (probability > second) {
          second = probability;
        }
      }
      return first - second;
    }

    /** Σ p log(p + 1e-10), of natural logarithms: at most 0. */
    static float negativeEntropy(float[] probabilities) {
      double sum = 0;
      for (float probability : probabilities) {
        if (probability > 0) {
          sum += probability * StrictMath.log(probability + 1e-10f);
        }
      }
      return (float) sum;
    }
  }
}
