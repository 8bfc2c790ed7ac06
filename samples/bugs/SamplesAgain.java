import dev.unmask.engine.denoiser.Attention;
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
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A fault: from the seventh step on, the model is shown the masks that the run began with in place
 * of the state, so tokens that were committed are drawn and committed again.
 */
public final class SamplesAgain implements TokenSampler {
  /** As LLaDA, but for what it is called. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "samples-again",
          "LLaDA with a fault",
          "Commits what was committed before once more.",
          URI.create("https://arxiv.org/abs/2502.09992"),
          "nothing: it is wrong on purpose",
          Llada.KIND.settings(),
          SamplesAgain::new);

  private final TokenSampler right;
  private final int mask;

  private SamplesAgain(Settings settings, Vocabulary vocabulary) {
    this.right = Llada.KIND.constructor().apply(settings, vocabulary);
    this.mask = vocabulary.maskId();
  }

  @Override
  public Request request(TokenState state) {
    return state.step() < 6 ? right.request(state) : ofTheStart(state);
  }

  private Request ofTheStart(TokenState state) {
    int[] tokens = state.tokens().clone();
    for (int position = 0; position < tokens.length; position++) {
      tokens[position] = Mark.given(state.marks()[position]) ? tokens[position] : mask;
    }
    int[] rows =
        IntStream.range(0, tokens.length).filter(position -> tokens[position] == mask).toArray();
    return Request.ofSequence(tokens, Attention.FULL, rows, Optional.empty());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    TokenStep step = right.step(state, prediction, random);
    int[] tokens = step.next().tokens().clone();
    for (int position : prediction.rows()) {
      if (state.tokens()[position] != mask) {
        tokens[position] = step.predicted()[position];
      }
    }
    return new TokenStep(step.predicted(), step.confidence(), step.next().withTokens(tokens));
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
