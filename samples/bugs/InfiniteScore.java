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
 * A fault: the score is the confidence divided by the masks that are left after the step, of which
 * there are none after the last.
 */
public final class InfiniteScore implements TokenSampler {
  /** As LLaDA, but for what it is called. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "infinite-score",
          "LLaDA with a fault",
          "Ranks by a score that is divided by zero in the end.",
          URI.create("https://arxiv.org/abs/2502.09992"),
          "nothing: it is wrong on purpose",
          Llada.KIND.settings(),
          InfiniteScore::new);

  private final TokenSampler right;
  private final int mask;

  private InfiniteScore(Settings settings, Vocabulary vocabulary) {
    this.right = Llada.KIND.constructor().apply(settings, vocabulary);
    this.mask = vocabulary.maskId();
  }

  @Override
  public Request request(TokenState state) {
    return right.request(state);
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    TokenStep step = right.step(state, prediction, random);
    int left = step.next().positionsOf(mask, 0, state.length()).length;
    float[] scores = step.confidence().clone();
    for (int position : prediction.rows()) {
      scores[position] /= left;
    }
    return new TokenStep(step.predicted(), scores, step.next());
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
