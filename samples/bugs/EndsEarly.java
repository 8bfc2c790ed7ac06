import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.sampler.masked.Llada;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.OptionalInt;

/**
 * A fault: from the seventh step on, the last mask is taken for padding and the end of the text is
 * committed there, beside what the quota allows.
 */
public final class EndsEarly implements TokenSampler {
  /** As LLaDA, but for what it is called. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "ends-early",
          "LLaDA with a fault",
          "Commits the end of the text where it is not predicted.",
          URI.create("https://arxiv.org/abs/2502.09992"),
          "nothing: it is wrong on purpose",
          Llada.KIND.settings(),
          EndsEarly::new);

  private final TokenSampler right;
  private final Vocabulary vocabulary;

  private EndsEarly(Settings settings, Vocabulary vocabulary) {
    this.right = Llada.KIND.constructor().apply(settings, vocabulary);
    this.vocabulary = vocabulary;
  }

  @Override
  public Request request(TokenState state) {
    return right.request(state);
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    TokenStep step = right.step(state, prediction, random);
    int[] masks = step.next().positionsOf(vocabulary.maskId(), 0, state.length());
    if (state.step() < 6 || masks.length == 0) {
      return step;
    }
    int last = masks[masks.length - 1];
    int[] predicted = step.predicted().clone();
    int[] tokens = step.next().tokens().clone();
    predicted[last] = vocabulary.endIds()[0];
    tokens[last] = predicted[last];
    return new TokenStep(predicted, step.confidence(), step.next().withTokens(tokens));
  }

  @Override
  public RowMeaning rowMeaning() {
    return right.rowMeaning();
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    return right.start(tokens, marks, random);
  }

  @Override
  public boolean finished(TokenState state) {
    return right.finished(state);
  }

  @Override
  public int plannedSteps(TokenState state) {
    return right.plannedSteps(state);
  }

  @Override
  public BlockPosition block(TokenState state) {
    return right.block(state);
  }

  @Override
  public OptionalInt commitsAtMost(TokenState state) {
    return right.commitsAtMost(state);
  }
}
