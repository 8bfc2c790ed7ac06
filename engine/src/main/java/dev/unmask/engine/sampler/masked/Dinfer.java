package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.Proposals;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * dInfer's threshold decoding (Ma et al. 2025, https://arxiv.org/abs/2510.08666): every step
 * commits the masked positions of the block whose predictions reach the threshold, and always the
 * surest of them, with all that are within 1e-5 of it. A block is filled before the next one
 * starts. Its time is the share of the answer that is masked.
 *
 * <p>A predicted mask is never committed. Where nothing but masks is predicted, the authors'
 * program never ends; here the most probable other tokens stand in for them.
 *
 * <p>Variables ↔ symbols: scores ↔ c, greatest ↔ max c, threshold ↔ τ.
 */
public final class Dinfer implements TokenSampler {
  static final Setting.Real THRESHOLD =
      new Setting.Real("threshold", 0.9, 0, 1, "The least probability that is committed at once");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "dinfer",
          "dInfer, threshold",
          "Commits every prediction that is sure enough, at least one a step, block by block. An"
              + " approximation: it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2510.08666"),
          "Equal, state by state, to recordings of inclusionAI/dInfer@fce4e328"
              + " parallel_strategy.py, seeded ones too",
          List.of(Llada.BLOCK, THRESHOLD, Llada.TEMPERATURE),
          Dinfer::new);

  /** How close to the surest a prediction must be to be committed with it. */
  private static final float NEAR = 1e-5f;

  /** Memory: where the answer starts, one number. */
  private static final String ANSWER = "answer";

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final double temperature;

  private Dinfer(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.temperature = settings.get(Llada.TEMPERATURE);
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    int answer = Mark.promptLength(marks);
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    return new TokenState(0, tokens, free, 1, 0, new long[0], Map.of(ANSWER, Memory.of(answer)));
  }

  @Override
  public boolean finished(TokenState state) {
    return masks(state).length == 0;
  }

  /** One for each mask that is left: the most that it can take. */
  @Override
  public int plannedSteps(TokenState state) {
    return state.step() + masks(state).length;
  }

  /** The first that has a mask left. */
  @Override
  public BlockPosition block(TokenState state) {
    int answer = Memory.count(state, ANSWER);
    int all = Math.max(1, state.length() - answer);
    int length = settings.get(Llada.BLOCK) == 0 ? all : settings.get(Llada.BLOCK);
    int first = IntStream.of(masks(state)).findFirst().orElse(state.length() - 1);
    int index = (first - answer) / length;
    int from = answer + index * length;
    return new BlockPosition(
        index, Math.ceilDiv(all, length), from, Math.min(from + length, state.length()));
  }

  @Override
  public Request request(TokenState state) {
    BlockPosition block = block(state);
    int[] rows = state.positionsOf(vocabulary.maskId(), block.from(), block.to());
    return Request.ofSequence(state.tokens(), Attention.FULL, rows, Optional.empty())
        .at(state.time());
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    Proposals drawn = drawn(block(state), prediction, random);
    Proposals proposals = clean(drawn).length == 0 ? withoutMask(prediction) : drawn;
    int[] clean = clean(proposals);
    float[] scores = proposals.scores();
    float greatest = greatest(clean, scores);
    float threshold = settings.get(THRESHOLD).floatValue();
    // c ≥ min(τ, max c − 10⁻⁵)
    float least = Math.min(greatest - NEAR, threshold);
    int[] chosen = IntStream.of(clean).filter(i -> scores[i] >= least).toArray();
    Grounds grounds =
        proposals == drawn
            ? proposals
                .passing(chosen, i -> scores[i] >= (greatest < threshold ? threshold : least))
                .withThreshold(greatest < threshold ? threshold : least)
            : proposals.insteadOfMasks(chosen);
    return proposals.commit(state, chosen, grounds, after -> next(state, after, random.draws()));
  }

  /** Noise is drawn for the whole block. */
  private Proposals drawn(BlockPosition block, Prediction prediction, RandomSource random) {
    int[] positions = prediction.rows();
    int[] inBlock = IntStream.of(positions).map(position -> position - block.from()).toArray();
    Rows rows = new Rows(block.to() - block.from(), inBlock, positions);
    double[][] noise =
        temperature == 0 ? null : random.uniform64(Purpose.TOKEN, rows, vocabulary.size());
    int[] tokens = new int[positions.length];
    float[] scores = new float[positions.length];
    Distribution[] distributions = prediction.distributions();
    EachRow.of(
        tokens.length,
        vocabulary.size(),
        i -> {
          tokens[i] =
              temperature == 0
                  ? distributions[i].token()
                  : Logits.drawByGumbel(prediction.logits()[i], noise[i], temperature);
          scores[i] = (float) distributions[i].probability(tokens[i]);
        });
    return new Proposals(positions, tokens, scores, Measure.PROBABILITY);
  }

  private Proposals withoutMask(Prediction prediction) {
    int[] mask = {vocabulary.maskId()};
    int[] tokens =
        Arrays.stream(prediction.logits())
            .mapToInt(logits -> Logits.argmax(Logits.without(logits, mask)))
            .toArray();
    float[] scores = new float[tokens.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) prediction.distributions()[i].probability(tokens[i]);
    }
    return new Proposals(prediction.rows(), tokens, scores, Measure.PROBABILITY);
  }

  /** Indexes of the proposals that are not the mask. */
  private int[] clean(Proposals proposals) {
    return IntStream.range(0, proposals.tokens().length)
        .filter(i -> proposals.tokens()[i] != vocabulary.maskId())
        .toArray();
  }

  private static float greatest(int[] clean, float[] scores) {
    float greatest = 0;
    for (int i : clean) {
      greatest = Math.max(greatest, scores[i]);
    }
    return greatest;
  }

  private TokenState next(TokenState state, int[] tokens, long[] draws) {
    int answer = Memory.count(state, ANSWER);
    return new TokenState(
        state.step() + 1,
        tokens,
        state.marks(),
        (double) masks(tokens, answer).length / (tokens.length - answer),
        state.evaluations() + 1,
        draws,
        state.memory());
  }

  private int[] masks(TokenState state) {
    return masks(state.tokens(), Memory.count(state, ANSWER));
  }

  /** The answer's masked positions. */
  private int[] masks(int[] tokens, int answer) {
    return IntStream.range(answer, tokens.length)
        .filter(position -> tokens[position] == vocabulary.maskId())
        .toArray();
  }
}
