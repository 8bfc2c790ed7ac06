package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
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
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Path planning, P2 (Peng et al. 2025, https://arxiv.org/abs/2502.03540, algorithm 1): every step
 * draws x̂0 at the masks, scores all positions and masks the lowest scores, so that the share κ(t)
 * of the free positions is filled; a filled position among them is remasked. What is masked is
 * scored by the denoiser; what is filled by it too (self-planning), or by a planner that sees x̂0,
 * which takes an evaluation of its own: a step of the run in which nothing is committed yet.
 *
 * <p>The authors' two programs score a filled position by a token newly drawn there, not by the one
 * that stands; path-planning adds Gumbel noise to the logits, scores by those, masks none of the
 * equals at the cut and takes all steps though nothing is masked.
 *
 * <p>Variables ↔ symbols: kappa ↔ κ, eta ↔ η.
 */
public final class P2 implements MaskSampler {
  static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps", 0, 0, Setting.Whole.MOST, "Denoising steps; 0 is one for each free position");
  static final Setting.Choice KAPPA =
      new Setting.Choice(
          "kappa",
          "linear",
          Kappa.WORDS,
          "How the share that is filled grows with the step, as a function of t from 0 to 1");
  static final Setting.Real ETA =
      new Setting.Real(
          "eta",
          1.0,
          0,
          1000,
          "Multiplies the scores of what is filled: of log-p, more than 1 remasks more and 0"
              + " never");
  static final Setting.Choice SCORE =
      new Setting.Choice(
          "score",
          "log-p",
          List.of("log-p", "margin", "random"),
          "What ranks positions: the logarithm of the probability, how far that of the first token"
              + " is ahead of the second's, or chance");
  static final Setting.Flag PLANNER =
      new Setting.Flag(
          "planner",
          false,
          "Score what is filled by a second evaluation, of the predicted text, by the planner: the"
              + " model itself if the run has no other");
  static final Setting.Choice DETAILS =
      new Setting.Choice(
          "details",
          "paper",
          List.of("paper", "path-planning", "open-dllm"),
          "Follow the paper, or in what the paper leaves open one of its authors' programs");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "p2",
          "P2",
          "Fills a planned share of the positions and remasks what scores lowest. An approximation:"
              + " it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2502.03540"),
          "Equal, state by state, to recordings of path_planning's p2.py and of"
              + " pengzhangzhi/Open-dLLM@8b387877 generation_utils.py, seeded ones too, with"
              + " details = path-planning and open-dllm; the default follows the paper, its planned"
              + " shares tested",
          Stream.concat(
                  Stream.of(STEPS, KAPPA, ETA, SCORE, PLANNER, DETAILS),
                  TruncatedSoftmax.SETTINGS.stream())
              .toList(),
          P2::new);

  /** Memory, with a planner: the text that it is to judge. */
  private static final String PREDICTED = "predicted";

  /** Memory, with a planner: the denoiser's scores of it, float64. */
  private static final String SCORES = "scores";

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final ScoredDraw.Method method;
  private final boolean planner;
  private final boolean redraws;
  private final boolean isPathPlanning;

  private P2(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.planner = settings.get(PLANNER);
    this.redraws = !settings.get(DETAILS).equals("paper");
    this.isPathPlanning = settings.get(DETAILS).equals("path-planning");
    this.method =
        new ScoredDraw.Method(
            TruncatedSoftmax.of(settings),
            isPathPlanning,
            settings.get(SCORE),
            redraws,
            vocabulary);
    if (planner && settings.get(SCORE).equals("random")) {
      throw new SettingException(
          "planner",
          "The setting planner is true, but random scores need none; choose another score.");
    }
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public boolean revises() {
    return true;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    Map<String, Values> memory = memory(tokens, new double[tokens.length]);
    return new TokenState(0, tokens, free, 1, 0, new long[0], memory);
  }

  @Override
  public boolean finished(TokenState state) {
    return state.step() >= plannedSteps(state) || !isPathPlanning && masks(state).length == 0;
  }

  /** With a planner two for each of the algorithm but the first, before which nothing is filled. */
  @Override
  public int plannedSteps(TokenState state) {
    return planner ? Math.max(0, 2 * steps(state) - 1) : steps(state);
  }

  /** A planner is asked about a clean text, at t = 0. */
  @Override
  public Request request(TokenState state) {
    int[] ids =
        judges(state.step()) ? Memory.tokens(state, PREDICTED, vocabulary.size()) : state.tokens();
    double time = judges(state.step()) ? 0 : state.time();
    return Request.ofSequence(ids, Attention.FULL, rows(state), Optional.empty()).at(time);
  }

  private int[] rows(TokenState state) {
    if (judges(state.step())) {
      return filled(state);
    }
    if (!planner) {
      return free(state);
    }
    return redraws ? IntStream.range(0, state.length()).toArray() : masks(state);
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    if (judges(state.step())) {
      return judged(state, prediction, random.draws());
    }
    int[] rows = prediction.rows();
    ScoredDraw draw = method.draw(prediction, standing(state), random);
    int[] predicted = state.tokens().clone();
    double[] scores = new double[state.length()];
    Arrays.fill(scores, Double.NaN);
    for (int i = 0; i < rows.length; i++) {
      predicted[rows[i]] = draw.tokens()[i];
      scores[rows[i]] = draw.scores()[i];
    }
    if (judges(state.step() + 1)) {
      TokenState next = next(state, state.tokens(), random.draws(), memory(predicted, scores));
      Grounds awaited = Grounds.of(measure(), Rule.AWAITED, rows.length).at(rows, state.length());
      return new TokenStep(at(rows, predicted), Logits.floats(scores), next, awaited);
    }
    return decided(state, predicted, scores, random.draws());
  }

  /** The tokens that are not drawn again, −1 elsewhere. */
  private int[] standing(TokenState state) {
    return Arrays.stream(state.tokens())
        .map(token -> redraws || token == vocabulary.maskId() ? -1 : token)
        .toArray();
  }

  /** The planner's scores stand in for the denoiser's where a token stood. */
  private TokenStep judged(TokenState state, Prediction prediction, long[] draws) {
    int[] predicted = Memory.tokens(state, PREDICTED, vocabulary.size());
    double[] scores = Memory.scores(state, SCORES).clone();
    for (int i = 0; i < prediction.rows().length; i++) {
      int position = prediction.rows()[i];
      scores[position] = method.score(prediction.logits()[i], predicted[position]);
    }
    return decided(state, predicted, scores, draws);
  }

  private TokenStep decided(TokenState state, int[] predicted, double[] scores, long[] draws) {
    double[] ranked = scores.clone();
    double eta = settings.get(ETA);
    for (int position : filled(state)) {
      ranked[position] = eta == 0 ? 0 : eta * scores[position];
    }
    int[] tokens = state.tokens().clone();
    for (int position : masks(state)) {
      tokens[position] = predicted[position];
    }
    int[] free = free(state);
    int masked = kappa().masked(free.length, taken(state.step()) + 1, steps(state));
    int[] lowest = lowest(ranked, free, masked).toArray();
    for (int position : lowest) {
      tokens[position] = vocabulary.maskId();
    }
    Rule[] rules =
        Arrays.stream(free)
            .mapToObj(i -> isJudged(state, i) ? Rule.PLANNER : Rule.RANK)
            .toArray(Rule[]::new);
    return new TokenStep(
        at(free, predicted),
        Logits.floats(ranked),
        next(state, tokens, draws, memory(predicted, scores)),
        Grounds.of(measure(), rules)
            .withQuota(free.length - lowest.length)
            .at(free, state.length()));
  }

  private boolean isJudged(TokenState state, int position) {
    return planner && state.tokens()[position] != vocabulary.maskId();
  }

  private Measure measure() {
    return switch (settings.get(SCORE)) {
      case "margin" -> Measure.MARGIN;
      case "random" -> Measure.RANDOM;
      default -> isPathPlanning ? Measure.NOISY : Measure.LOG_PROBABILITY;
    };
  }

  private Kappa kappa() {
    return Kappa.named(settings.get(KAPPA)).orElseThrow();
  }

  private IntStream lowest(double[] scores, int[] free, int count) {
    int[] ascending = Ranking.ascending(free, position -> scores[position]).toArray();
    return Arrays.stream(ascending)
        .limit(count)
        .filter(
            position ->
                !isPathPlanning
                    || count == ascending.length
                    || scores[position] < scores[ascending[count]]);
  }

  private TokenState next(
      TokenState state, int[] tokens, long[] draws, Map<String, Values> memory) {
    int step = state.step() + 1;
    double time = 1 - (double) taken(step) / steps(state);
    return new TokenState(
        step, tokens, state.marks(), time, state.evaluations() + 1, draws, memory);
  }

  /** How many of the algorithm's steps are over after so many of the run. */
  private int taken(int step) {
    return planner ? (step + 1) / 2 : step;
  }

  /** Whether it is the planner's turn. */
  private boolean judges(int step) {
    return planner && step > 0 && step % 2 == 0;
  }

  private int steps(TokenState state) {
    int steps = settings.get(STEPS);
    return steps == 0 ? free(state).length : steps;
  }

  private int[] masks(TokenState state) {
    return state.positionsOf(vocabulary.maskId(), 0, state.length());
  }

  private static int[] free(TokenState state) {
    return IntStream.range(0, state.length()).filter(i -> !Mark.given(state.marks()[i])).toArray();
  }

  private int[] filled(TokenState state) {
    return Arrays.stream(free(state))
        .filter(i -> state.tokens()[i] != vocabulary.maskId())
        .toArray();
  }

  /** A sequence's values at some positions, −1 elsewhere. */
  private static int[] at(int[] positions, int[] values) {
    int[] some = new int[values.length];
    Arrays.fill(some, -1);
    for (int position : positions) {
      some[position] = values[position];
    }
    return some;
  }

  private Map<String, Values> memory(int[] predicted, double[] scores) {
    return planner
        ? Map.of(PREDICTED, new Values.I32(predicted), SCORES, new Values.F64(scores))
        : Map.of();
  }
}
