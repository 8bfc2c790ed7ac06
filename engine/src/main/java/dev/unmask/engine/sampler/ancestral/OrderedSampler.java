package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.Substitution;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Unmasks positions in an order that does not depend on what the denoiser says, drawing each token
 * from p(x_0 | x_t). One token a step leaves nothing out of account, so the samples are exactly
 * those of the denoiser; several tokens of one step do not know of each other.
 *
 * <p>Variables ↔ symbols: state.tokens() ↔ x_t, probabilities ↔ p(x_0 | x_t), drawn ↔ x_0.
 */
final class OrderedSampler implements TokenSampler {
  /** Which positions come next, and when. */
  interface Order {
    /** How many steps it takes to unmask so many. */
    int steps(int masks);

    /**
     * The positions that the denoiser is asked about.
     *
     * @param masks the masked positions, ascending, at least one
     */
    int[] asked(int[] masks);

    /** Those among them that are unmasked now. */
    int[] chosen(int[] masks, RandomSource random);

    /** What decides which they are. */
    Rule rule();

    /** The time after the step, 0 if nothing is left. */
    double time(TokenState before, int masks, RandomSource random);
  }

  private final Order order;
  private final Vocabulary vocabulary;
  private final Nucleus nucleus;

  OrderedSampler(Order order, Settings settings, Vocabulary vocabulary) {
    this.order = order;
    this.vocabulary = vocabulary;
    this.nucleus = Nucleus.within(settings.get(AncestralSettings.NUCLEUS));
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    return new TokenState(0, tokens, free, 1, 0, new long[0], Map.of());
  }

  @Override
  public boolean finished(TokenState state) {
    return masks(state).length == 0;
  }

  @Override
  public int plannedSteps(TokenState state) {
    return state.step() + order.steps(masks(state).length);
  }

  @Override
  public BlockPosition block(TokenState state) {
    return new BlockPosition(0, 1, 0, state.length());
  }

  @Override
  public Request request(TokenState state) {
    int[] asked = order.asked(masks(state));
    return Request.ofSequence(state.tokens(), Attention.FULL, asked, Optional.empty());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    int[] predicted = new int[state.length()];
    float[] confidence = new float[state.length()];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    float[][] probabilities = new float[state.length()][];
    for (int i = 0; i < prediction.rows().length; i++) {
      int position = prediction.rows()[i];
      float[] clean = Substitution.probabilities(prediction.logits()[i], vocabulary);
      probabilities[position] = nucleus.of(clean);
      predicted[position] = Logits.argmax(clean);
    }
    int[] tokens = state.tokens().clone();
    int[] masks = masks(state);
    int[] chosen = order.chosen(masks, random);
    int[] drawn = draw(probabilities, chosen, random);
    for (int i = 0; i < chosen.length; i++) {
      predicted[chosen[i]] = drawn[i];
      tokens[chosen[i]] = drawn[i];
    }
    for (int position : prediction.rows()) {
      confidence[position] = probabilities[position][predicted[position]];
    }
    double time = order.time(state, masks.length, random);
    Grounds grounds =
        Grounds.of(Measure.DRAWN_FROM, order.rule(), masks.length).at(masks, state.length());
    return new TokenStep(predicted, confidence, next(state, tokens, time, random.draws()), grounds);
  }

  private int[] draw(float[][] probabilities, int[] chosen, RandomSource random) {
    float[][] weights =
        Arrays.stream(chosen).mapToObj(position -> probabilities[position]).toArray(float[][]::new);
    return Categorical.FLOAT64.draw(weights, vocabulary.size(), Rows.packed(chosen), random);
  }

  private static TokenState next(TokenState state, int[] tokens, double time, long[] draws) {
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        time,
        state.evaluations() + 1,
        draws,
        state.memory());
  }

  private int[] masks(TokenState state) {
    return state.positionsOf(vocabulary.maskId(), 0, state.length());
  }
}
