package dev.unmask.engine.sampler;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Samples an absorbing process backwards in time, all positions in every step. Its last step takes
 * the most probable token, or draws one, wherever a mask is left, if the setting noise-removal is
 * on. What is given never changes. A sampler that caches does not evaluate the same tokens again,
 * which is right because these denoisers do not see the time.
 */
final class AncestralSampler implements TokenSampler {
  static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps", 0, 0, Integer.MAX_VALUE, "Denoising steps; 0 is one for each position");
  static final Setting.Real EPS =
      new Setting.Real("eps", 1e-5, 0, 0.5, "The time, of 1, at which the steps end");
  static final Setting.Flag NOISE_REMOVAL =
      new Setting.Flag(
          "noise-removal",
          true,
          "Take one more step, in which the masks that are left become tokens");
  static final Setting.Real NUCLEUS =
      new Setting.Real(
          "nucleus",
          1.0,
          0,
          1,
          "The share of probability, counted from the most probable token, that is drawn from");

  /** Memory: the tokens of the last evaluation, −1 before the first. */
  private static final String EVALUATED = "evaluated";

  /**
   * How a family of samplers computes.
   *
   * @param drawsLast whether the last step draws, too, rather than take the most probable tokens
   */
  record Method(
      ReverseKernel kernel,
      Categorical categorical,
      boolean caches,
      double nucleus,
      boolean drawsLast) {}

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final Method method;

  AncestralSampler(Settings settings, Vocabulary vocabulary, Method method) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.method = method;
  }

  /** The settings of MDLM's samplers. */
  static List<Setting<?>> settings() {
    return List.of(STEPS, EPS, NOISE_REMOVAL);
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    int[] evaluated = new int[tokens.length];
    Arrays.fill(evaluated, -1);
    Map<String, Values> memory = memory(evaluated, method.kernel().memory(tokens.length));
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    return new TokenState(0, tokens, free, 1, 0, new long[0], memory);
  }

  @Override
  public boolean finished(TokenState state) {
    return state.step() >= plannedSteps(state);
  }

  @Override
  public int plannedSteps(TokenState state) {
    return grid(state).steps() + (settings.get(NOISE_REMOVAL) ? 1 : 0);
  }

  @Override
  public BlockPosition block(TokenState state) {
    return new BlockPosition(0, 1, 0, state.length());
  }

  @Override
  public Request request(TokenState state) {
    int[] masked =
        IntStream.range(0, state.length())
            .filter(i -> state.tokens()[i] == vocabulary.maskId())
            .toArray();
    return Request.ofSequence(state.tokens(), Attention.FULL, masked, Optional.empty());
  }

  @Override
  public boolean repeats(TokenState state) {
    return method.caches()
        && state.step() < grid(state).steps()
        && state.memory().get(EVALUATED) instanceof Values.I32(int[] evaluated)
        && Arrays.equals(evaluated, state.tokens());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    float[][] probabilities = probabilities(state, prediction);
    int[] tokens =
        state.step() < grid(state).steps() || method.drawsLast()
            ? drawn(state, probabilities, random)
            : mostProbable(state.tokens(), probabilities);
    int[] predicted = new int[tokens.length];
    float[] confidence = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      predicted[i] = -1;
      confidence[i] = Float.NaN;
      if (probabilities[i] != null) {
        boolean drawn = tokens[i] != vocabulary.maskId();
        predicted[i] = drawn ? tokens[i] : Logits.argmax(probabilities[i]);
        confidence[i] = probabilities[i][predicted[i]];
      }
    }
    return new TokenStep(predicted, confidence, next(state, tokens, confidence, random.draws()));
  }

  private static int[] mostProbable(int[] tokens, float[][] probabilities) {
    int[] clean = tokens.clone();
    for (int i = 0; i < clean.length; i++) {
      clean[i] = probabilities[i] == null ? clean[i] : Logits.argmax(probabilities[i]);
    }
    return clean;
  }

  /** p(x_0 | x_t) of each position that was asked for, null elsewhere. */
  private float[][] probabilities(TokenState state, Prediction prediction) {
    float[][] probabilities = new float[state.length()][];
    for (int i = 0; i < prediction.rows().length; i++) {
      float[] clean = Substitution.probabilities(prediction.logits()[i], vocabulary.maskId());
      probabilities[prediction.rows()[i]] = Nucleus.of(clean, method.nucleus());
    }
    return probabilities;
  }

  private int[] drawn(TokenState state, float[][] probabilities, RandomSource random) {
    Transition transition = transition(state);
    int[] tokens = state.tokens().clone();
    int[] movable =
        IntStream.range(0, tokens.length)
            .filter(
                i ->
                    probabilities[i] != null
                        || transition.remask()[i] > 0 && !Mark.given(state.marks()[i]))
            .toArray();
    float[][] weights =
        Arrays.stream(movable)
            .mapToObj(
                i ->
                    probabilities[i] == null
                        ? transition.ofToken(i, tokens[i], vocabulary)
                        : transition.ofMask(probabilities[i], vocabulary))
            .toArray(float[][]::new);
    Rows rows = Rows.ofSequence(tokens.length, movable);
    int[] moved = method.categorical().draw(weights, vocabulary.size(), rows, random);
    for (int i = 0; i < movable.length; i++) {
      tokens[movable[i]] = moved[i];
    }
    return tokens;
  }

  private Transition transition(TokenState state) {
    TimeGrid grid = grid(state);
    return state.step() < grid.steps()
        ? method.kernel().transition(state, grid.at(state.step()), grid.after(state.step()))
        : Transition.ancestral(1, 0, state.length());
  }

  private TokenState next(TokenState state, int[] tokens, float[] probability, long[] draws) {
    TimeGrid grid = grid(state);
    int step = state.step() + 1;
    return new TokenState(
        step,
        tokens,
        state.marks(),
        step <= grid.steps() ? grid.at(step) : 0,
        state.evaluations() + (repeats(state) ? 0 : 1),
        draws,
        memory(
            state.tokens(),
            method.kernel().memory(state, tokens, probability, vocabulary.maskId())));
  }

  /** A sampler that never repeats need not remember what was evaluated. */
  private Map<String, Values> memory(int[] evaluated, Map<String, Values> own) {
    Map<String, Values> memory = new HashMap<>(own);
    if (method.caches()) {
      memory.put(EVALUATED, new Values.I32(evaluated));
    }
    return Map.copyOf(memory);
  }

  private TimeGrid grid(TokenState state) {
    int steps = settings.get(STEPS);
    return new TimeGrid(steps == 0 ? state.length() : steps, settings.get(EPS));
  }
}
