import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.BlockPosition;
import dev.unmask.engine.sampler.SamplerKind;
import dev.unmask.engine.sampler.Setting;
import dev.unmask.engine.sampler.Settings;
import dev.unmask.engine.sampler.TokenSampler;
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

/**
 * A sampler to start your own from: {@code unmask run --sampler samples/MySampler.java}. In every
 * step it draws a token for each mask and commits those whose probability is at least the
 * threshold, or else the surest one alone.
 *
 * <p>A sampler keeps nothing in fields that change: all that it must remember from step to step is
 * in the {@link TokenState}, so that a run can be resumed, branched and repeated from its trace.
 */
public final class MySampler implements TokenSampler {
  private static final Setting.Real THRESHOLD =
      new Setting.Real("threshold", 0.9, 0, 1, "The least probability that is committed");

  /** What the program shows of it: forms, options and help are made from this. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "my-sampler",
          "My sampler",
          "Commits what is at least as probable as the threshold.",
          URI.create("https://example.org/my-paper"),
          "Nothing yet",
          List.of(THRESHOLD),
          MySampler::new);

  private final Settings settings;
  private final Vocabulary vocabulary;

  private MySampler(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
  }

  /** Rows are log-probabilities of the clean token, but for a constant. */
  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  /** The masks are free; what was given stays. */
  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    return new TokenState(0, tokens, free, 1, 0, new long[0], Map.of());
  }

  @Override
  public boolean finished(TokenState state) {
    return masks(state).length == 0;
  }

  /** At most one step a mask. */
  @Override
  public int plannedSteps(TokenState state) {
    return state.step() + masks(state).length;
  }

  /** There are no blocks: the whole sequence is one. */
  @Override
  public BlockPosition block(TokenState state) {
    return new BlockPosition(0, 1, 0, state.length());
  }

  /** The denoiser sees everything and is asked for the masks; no other row is computed. */
  @Override
  public Request request(TokenState state) {
    return Request.ofSequence(state.tokens(), Attention.FULL, masks(state), Optional.empty());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    int[] masks = prediction.rows();
    float[][] uniform = random.uniform32(Purpose.TOKEN, Rows.packed(masks), 1);
    // What is not predicted at this step is −1 and NaN.
    int[] predicted = new int[state.length()];
    float[] confidence = new float[state.length()];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    int surest = masks[0];
    for (int i = 0; i < masks.length; i++) {
      double[] probabilities = softmax(prediction.logits()[i]);
      int token = draw(probabilities, uniform[i][0]);
      predicted[masks[i]] = token;
      confidence[masks[i]] = (float) probabilities[token];
      surest = confidence[masks[i]] > confidence[surest] ? masks[i] : surest;
    }
    int[] tokens = state.tokens().clone();
    Rule[] rules = new Rule[masks.length];
    for (int i = 0; i < masks.length; i++) {
      boolean sure = confidence[masks[i]] >= settings.get(THRESHOLD);
      if (sure || masks[i] == surest) {
        tokens[masks[i]] = predicted[masks[i]];
      }
      rules[i] = masks[i] == surest && !sure ? Rule.FORCED : Rule.THRESHOLD;
    }
    // What decided: recorded with the step, and said by the inspector. It may be left out.
    Grounds grounds =
        Grounds.of(Measure.PROBABILITY, rules)
            .withThreshold(settings.get(THRESHOLD).floatValue())
            .at(masks, state.length());
    return new TokenStep(predicted, confidence, next(state, tokens, random), grounds);
  }

  private TokenState next(TokenState state, int[] tokens, RandomSource random) {
    double left = Arrays.stream(tokens).filter(token -> token == vocabulary.maskId()).count();
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        left / tokens.length,
        state.evaluations() + 1,
        random.draws(),
        state.memory());
  }

  /** The mask itself is never a clean token. */
  private double[] softmax(float[] logits) {
    double[] weights = new double[logits.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double sum = 0;
    for (int token = 0; token < weights.length; token++) {
      weights[token] = token == vocabulary.maskId() ? 0 : Math.exp(logits[token] - greatest);
      sum += weights[token];
    }
    for (int token = 0; token < weights.length; token++) {
      weights[token] /= sum;
    }
    return weights;
  }

  private static int draw(double[] probabilities, double uniform) {
    double sum = 0;
    int last = 0;
    for (int token = 0; token < probabilities.length; token++) {
      if (probabilities[token] > 0) {
        last = token;
        sum += probabilities[token];
        if (uniform < sum) {
          return token;
        }
      }
    }
    return last;
  }

  private int[] masks(TokenState state) {
    return state.positionsOf(vocabulary.maskId(), 0, state.length());
  }
}
