package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.Times;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Samples a process backwards in time, all positions in every step. What is given never changes. A
 * sampler that caches does not evaluate the same tokens again, which is right for denoisers that do
 * not see the time.
 */
final class AncestralSampler implements TokenSampler {
  /** Memory: the tokens of the last evaluation, −1 before the first. */
  private static final String EVALUATED = "evaluated";

  /**
   * How a family of samplers computes.
   *
   * @param times of a sequence of that length
   * @param caches whether the same tokens are not evaluated again
   * @param nucleus what is drawn from
   */
  record Method(
      ReverseKernel kernel,
      IntFunction<Times> times,
      Ending ending,
      Categorical categorical,
      boolean caches,
      Nucleus nucleus) {}

  private final Vocabulary vocabulary;
  private final Method method;
  private final boolean revises;

  /** One that commits for good what is no noise. */
  AncestralSampler(Vocabulary vocabulary, Method method) {
    this(vocabulary, method, method.kernel().noise() != NoiseKind.ABSORBING);
  }

  AncestralSampler(Vocabulary vocabulary, Method method, boolean revises) {
    this.vocabulary = vocabulary;
    this.method = method;
    this.revises = revises;
  }

  @Override
  public boolean revises() {
    return revises;
  }

  @Override
  public RowMeaning rowMeaning() {
    return method.kernel().rowMeaning();
  }

  @Override
  public NoiseKind noise() {
    return method.kernel().noise();
  }

  @Override
  public Optional<Transition> through(TokenState state) {
    return method.kernel().through(state.time());
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    int[] evaluated = new int[tokens.length];
    Arrays.fill(evaluated, -1);
    Map<String, Values> memory = memory(evaluated, method.kernel().memory(tokens.length));
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    int[] noised = noise().masks() ? tokens : UniformStart.fill(tokens, vocabulary, random);
    double time = times(tokens.length).at(0);
    return new TokenState(0, noised, free, time, 0, new long[0], memory);
  }

  @Override
  public boolean finished(TokenState state) {
    return state.step() >= plannedSteps(state);
  }

  @Override
  public int plannedSteps(TokenState state) {
    return times(state.length()).steps() + finishingSteps(state);
  }

  @Override
  public int finishingSteps(TokenState state) {
    return method.ending() == Ending.NONE ? 0 : 1;
  }

  @Override
  public BlockPosition block(TokenState state) {
    return new BlockPosition(0, 1, 0, state.length());
  }

  @Override
  public Request request(TokenState state) {
    int[] asked =
        IntStream.range(0, state.length())
            .filter(i -> !Mark.given(state.marks()[i]))
            .filter(i -> method.kernel().asks(state.tokens()[i], vocabulary))
            .toArray();
    return Request.ofSequence(state.tokens(), Attention.FULL, asked, Optional.empty())
        .at(state.time());
  }

  @Override
  public boolean repeats(TokenState state) {
    return method.caches()
        && (!ends(state) || method.ending() == Ending.DRAWN)
        && state.memory().get(EVALUATED) instanceof Values.I32(int[] evaluated)
        && Arrays.equals(evaluated, state.tokens());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    float[][] predictions = predictions(state, prediction);
    Draw draw =
        ends(state) && method.ending() == Ending.MOST_PROBABLE
            ? mostProbable(state.tokens(), predictions)
            : drawn(state, predictions, random);
    int[] tokens = draw.tokens();
    int[] predicted = new int[tokens.length];
    float[] confidence = new float[tokens.length];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    int[] asked = prediction.rows();
    EachRow.of(
        asked.length,
        vocabulary.size(),
        row -> {
          int i = asked[row];
          int before = state.tokens()[i];
          float[] clean = method.kernel().clean(predictions[i], before, state.time());
          boolean unmasked = before == vocabulary.maskId() && tokens[i] != vocabulary.maskId();
          predicted[i] = unmasked ? tokens[i] : Logits.argmax(clean);
          confidence[i] = clean[predicted[i]];
        });
    TokenState next = next(state, tokens, confidence, random.draws());
    return new TokenStep(predicted, confidence, next, draw.grounds());
  }

  /** The tokens after a step, and what decided. */
  private record Draw(int[] tokens, Grounds grounds) {}

  private Measure measure() {
    return method.nucleus().mass() < 1 ? Measure.DRAWN_FROM : Measure.PROBABILITY;
  }

  private boolean ends(TokenState state) {
    return state.step() >= times(state.length()).steps();
  }

  private Draw mostProbable(int[] tokens, float[][] predictions) {
    int[] clean = tokens.clone();
    Rule[] rules = new Rule[clean.length];
    for (int i = 0; i < clean.length; i++) {
      clean[i] = predictions[i] == null ? clean[i] : Logits.argmax(predictions[i]);
      rules[i] = predictions[i] == null ? Rule.UNTOLD : Rule.ENDED;
    }
    return new Draw(clean, Grounds.of(measure(), rules));
  }

  /** What the kernel makes of the row of each position that was asked for, null elsewhere. */
  private float[][] predictions(TokenState state, Prediction prediction) {
    float[][] predictions = new float[state.length()][];
    EachRow.of(
        prediction.rows().length,
        vocabulary.size(),
        i -> {
          float[] predicted = method.kernel().predicted(prediction.logits()[i], vocabulary);
          predictions[prediction.rows()[i]] = method.nucleus().of(predicted);
        });
    return predictions;
  }

  private Draw drawn(TokenState state, float[][] predictions, RandomSource random) {
    ReverseKernel.Step step = reverse(state);
    int[] tokens = state.tokens().clone();
    int[] movable =
        IntStream.range(0, tokens.length)
            .filter(i -> predictions[i] != null || step.moves(i) && !Mark.given(state.marks()[i]))
            .toArray();
    float[][] weights = new float[movable.length][];
    EachRow.of(
        movable.length,
        vocabulary.size(),
        row -> {
          int i = movable[row];
          weights[row] = step.weights(i, tokens[i], predictions[i], vocabulary);
        });
    Rows rows = Rows.ofSequence(tokens.length, movable);
    int[] moved = method.categorical().draw(weights, step.columns(vocabulary), rows, random);
    float[] chances = new float[movable.length];
    for (int i = 0; i < movable.length; i++) {
      chances[i] = chanceToLeave(tokens[movable[i]], weights[i]);
      tokens[movable[i]] = moved[i];
    }
    Grounds grounds =
        Grounds.of(measure(), Rule.CHANCE, movable.length)
            .withChance(chances)
            .at(movable, tokens.length);
    return new Draw(tokens, grounds);
  }

  /** Of what stands there; what weighs less than nothing is never drawn. */
  private static float chanceToLeave(int token, float[] weights) {
    double all = 0;
    for (float weight : weights) {
      all += Math.max(0, weight);
    }
    return (float) (1 - Math.max(0, weights[token]) / all);
  }

  private ReverseKernel.Step reverse(TokenState state) {
    Times times = times(state.length());
    float t = times.at(state.step());
    return ends(state)
        ? method.kernel().last(state, t)
        : method.kernel().step(state, t, times.after(state.step()));
  }

  private TokenState next(TokenState state, int[] tokens, float[] probability, long[] draws) {
    Times times = times(state.length());
    int step = state.step() + 1;
    return new TokenState(
        step,
        tokens,
        state.marks(),
        step <= times.steps() ? times.at(step) : 0,
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

  private Times times(int length) {
    return method.times().apply(length);
  }

  /** Where a uniform process starts. */
  static final class UniformStart {
    private UniformStart() {}

    /** Any token but the mask, all equally probable, wherever nothing is given. */
    static int[] fill(int[] tokens, Vocabulary vocabulary, RandomSource random) {
      int mask = vocabulary.maskId();
      int[] free = IntStream.range(0, tokens.length).filter(i -> tokens[i] == mask).toArray();
      Rows rows = Rows.ofSequence(tokens.length, free);
      int choices = vocabulary.hasMask() ? vocabulary.size() - 1 : vocabulary.size();
      int[] drawn = random.integers(Purpose.START, rows, choices);
      int[] filled = tokens.clone();
      for (int i = 0; i < free.length; i++) {
        filled[free[i]] = vocabulary.hasMask() && drawn[i] >= mask ? drawn[i] + 1 : drawn[i];
      }
      return filled;
    }
  }

  /** What follows the last of the times, where next to no noise is left. */
  enum Ending {
    /** Nothing. */
    NONE,
    /** One more step, in which what the denoiser was asked about takes its most probable token. */
    MOST_PROBABLE,
    /** One more step, drawn as the others, to what is clean. */
    DRAWN
  }
}
