package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.Blocks;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.Memory;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.TokenSampler;
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
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * LLaDA's sampler (Nie et al. 2025, https://arxiv.org/abs/2502.09992, algorithms 4 and 5): every
 * step predicts all masked positions and commits a fixed quota of them, the most confident ones or
 * random ones; the rest is kept masked. The answer, which is all that follows the prompt, may be
 * filled block by block. Its time is t = 1 − step / steps.
 *
 * <p>As in the authors' program, the quota of a block's steps is shared out from the masks that the
 * block has when it starts; masks left behind (in the prompt, or because the model predicted the
 * mask itself) compete with those of the block. Ties go to the lower position.
 *
 * <p>Variables ↔ symbols: state.tokens() ↔ r_t, tokens ↔ r_s, predicted ↔ r_0, confidence ↔ c.
 */
public final class Llada implements TokenSampler {
  static final Setting.Whole STEPS =
      new Setting.Whole(
          "steps", 0, 0, Setting.Whole.MOST, "Denoising steps; 0 is one for each answer position");
  static final Setting.Whole BLOCK =
      new Setting.Whole(
          "block",
          0,
          0,
          Setting.Whole.MOST,
          "Positions in a block, filled before the next one starts; 0 is the whole answer");
  static final Setting.Counts SCHEDULE =
      new Setting.Counts(
          "schedule",
          "Predictions that each step commits, in place of equal shares; as many numbers as steps");

  static final Setting.Real TEMPERATURE =
      new Setting.Real(
          "temperature",
          0.0,
          0,
          100,
          "Strength of the Gumbel noise that tokens are drawn with; 0 takes the most probable");
  static final Setting.Real GUIDANCE =
      new Setting.Real(
          "guidance",
          0.0,
          0,
          100,
          "How hard the logits are pushed away from those without the prompt; 0 is off");
  static final Setting.Choice REMASKING =
      new Setting.Choice(
          "remasking",
          "low-confidence",
          List.of("low-confidence", "random"),
          "What is kept masked: the least confident predictions, or random ones");
  static final Setting.Flag LOGITS_EOS_INF =
      new Setting.Flag("logits-eos-inf", false, "Never predict the end of the text");
  static final Setting.Choice CONFIDENCE_EOS_EOT_INF =
      new Setting.Choice(
          "confidence-eos-eot-inf",
          "false",
          List.of("false", "true", "reference"),
          "Commit the tokens that end a text last; the reference lets the first of them keep its"
              + " confidence when the temperature is above 0");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "llada",
          "LLaDA",
          "Commits a fixed number of predictions a step, the most confident first, block by block."
              + " An approximation: it favours probable tokens.",
          URI.create("https://arxiv.org/abs/2502.09992"),
          "Equal, state by state, to recordings of ML-GSAI/LLaDA@b7e6c356 generate.py",
          List.of(
              STEPS,
              BLOCK,
              SCHEDULE,
              TEMPERATURE,
              GUIDANCE,
              REMASKING,
              LOGITS_EOS_INF,
              CONFIDENCE_EOS_EOT_INF),
          Llada::new);

  /** Memory: where the answer starts, one number. */
  private static final String ANSWER = "answer";

  /** Memory: the step before which the masks were shared out over the block's steps, one number. */
  private static final String FROM = "from";

  /** Memory: how many masks the block had then, one number. */
  private static final String MASKS = "masks";

  private final Settings settings;
  private final Vocabulary vocabulary;
  private final double temperature;
  private final int[] schedule;
  private final int[] unpredictable;
  private final int[] untrusted;

  private Llada(Settings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.temperature = settings.get(TEMPERATURE);
    this.schedule = Setting.Counts.numbers(settings.get(SCHEDULE));
    int[] ends = vocabulary.endIds();
    this.unpredictable =
        settings.get(LOGITS_EOS_INF) ? Arrays.copyOf(ends, Math.min(1, ends.length)) : new int[0];
    this.untrusted =
        switch (settings.get(CONFIDENCE_EOS_EOT_INF)) {
          case "true" -> ends;
          case "reference" ->
              temperature > 0 && ends.length > 0 ? Arrays.copyOfRange(ends, 1, ends.length) : ends;
          default -> new int[0];
        };
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
    int answer = Mark.promptLength(marks);
    byte[] free = Mark.freeWhereMasked(marks, tokens, vocabulary.maskId());
    Blocks blocks = blocks(answer, tokens.length);
    return new TokenState(
        0, tokens, free, 1, 0, new long[0], memory(answer, 0, masks(tokens, blocks.at(0))));
  }

  /** The masks up to the end of the block are shared out over the steps that it has left. */
  @Override
  public TokenState replan(TokenState edited) {
    int masks = edited.positionsOf(vocabulary.maskId(), 0, block(edited).to()).length;
    return edited.withMemory(memory(Memory.count(edited, ANSWER), edited.step(), masks));
  }

  @Override
  public boolean finished(TokenState state) {
    return state.step() >= plannedSteps(state);
  }

  @Override
  public int plannedSteps(TokenState state) {
    return blocks(state).steps();
  }

  @Override
  public BlockPosition block(TokenState state) {
    return blocks(state).at(state.step());
  }

  @Override
  public OptionalInt commitsAtMost(TokenState state) {
    return OptionalInt.of(quota(state));
  }

  /** Asks for the masked positions up to the end of the block: no others can be committed. */
  @Override
  public Request request(TokenState state) {
    int[] rows = state.positionsOf(vocabulary.maskId(), 0, block(state).to());
    return Request.ofSequence(state.tokens(), Attention.FULL, rows, guidance(state));
  }

  private Optional<Guidance> guidance(TokenState state) {
    float scale = settings.get(GUIDANCE).floatValue();
    if (scale == 0) {
      return Optional.empty();
    }
    int[] unconditional = state.tokens().clone();
    for (int i = 0; i < unconditional.length; i++) {
      if (Mark.given(state.marks()[i])) {
        unconditional[i] = vocabulary.maskId();
      }
    }
    return Optional.of(new Guidance(scale, unconditional));
  }

  @Override
  public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
    int[] predicted = new int[state.length()];
    float[] confidence = new float[state.length()];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    predict(prediction, random, predicted, confidence);

    int[] tokens = state.tokens().clone();
    Ranking.descending(IntStream.of(prediction.rows()), confidence)
        .limit(quota(state))
        .forEach(position -> tokens[position] = predicted[position]);
    Grounds grounds =
        Grounds.of(measure(), Rule.RANK, prediction.rows().length)
            .withQuota(quota(state))
            .at(prediction.rows(), state.length());
    return new TokenStep(predicted, confidence, next(state, tokens, random.draws()), grounds);
  }

  private Measure measure() {
    return ranksAtRandom() ? Measure.RANDOM : Measure.PROBABILITY;
  }

  private boolean ranksAtRandom() {
    return settings.get(REMASKING).equals("random");
  }

  /** With a schedule, the last step of a block commits what is left of it. */
  private int quota(TokenState state) {
    Blocks blocks = blocks(state);
    if (schedule.length == 0) {
      return blocks.quota(state.step(), Memory.count(state, FROM), Memory.count(state, MASKS));
    }
    boolean last = (state.step() + 1) % blocks.stepsEach() == 0;
    return last ? state.length() : schedule[state.step()];
  }

  /** Draws in the order of the reference: first the tokens' noise, then the random confidences. */
  private void predict(
      Prediction prediction, RandomSource random, int[] predicted, float[] confidence) {
    Rows rows = Rows.ofSequence(predicted.length, prediction.rows());
    double[][] noise =
        temperature == 0 ? null : random.uniform64(Purpose.TOKEN, rows, vocabulary.size());
    float[][] ranks = ranksAtRandom() ? random.uniform32(Purpose.ORDER, rows, 1) : null;
    Prediction predictable = Logits.without(prediction, unpredictable);
    Distribution[] drawn = predictable.distributions();
    Distribution[] trusted = Logits.without(predictable, untrusted).distributions();
    EachRow.of(
        drawn.length,
        vocabulary.size(),
        i -> {
          int position = prediction.rows()[i];
          // r_0 = argmax or draw of p(· | p_0, r_t), c = p(r_0 | p_0, r_t)
          int token =
              temperature == 0
                  ? drawn[i].token()
                  : Logits.drawByGumbel(predictable.logits()[i], noise[i], temperature);
          predicted[position] = token;
          confidence[position] =
              ranksAtRandom() ? ranks[i][0] : (float) trusted[i].probability(token);
        });
  }

  private TokenState next(TokenState state, int[] tokens, long[] draws) {
    Blocks blocks = blocks(state);
    int step = state.step() + 1;
    boolean starts = step < blocks.steps() && blocks.at(step).index() != block(state).index();
    int from = starts ? step : Memory.count(state, FROM);
    int masks = starts ? masks(tokens, blocks.at(step)) : Memory.count(state, MASKS);
    return new TokenState(
        step,
        tokens,
        state.marks(),
        1 - (double) step / blocks.steps(),
        state.evaluations() + 1,
        draws,
        memory(Memory.count(state, ANSWER), from, masks));
  }

  private Blocks blocks(TokenState state) {
    return blocks(Memory.count(state, ANSWER), state.length());
  }

  private Blocks blocks(int answer, int length) {
    return Blocks.of(answer, length, settings.get(BLOCK), steps());
  }

  private int steps() {
    int steps = settings.get(STEPS);
    if (schedule.length == 0) {
      return steps;
    }
    if (steps != 0 && steps != schedule.length) {
      throw new SettingException(
          "steps",
          "0",
          "The setting schedule has %d numbers, but the setting steps is %d; give as many numbers, or leave steps at 0."
              .formatted(schedule.length, steps));
    }
    return schedule.length;
  }

  private int masks(int[] tokens, BlockPosition block) {
    return (int)
        Arrays.stream(tokens, block.from(), block.to())
            .filter(token -> token == vocabulary.maskId())
            .count();
  }

  private static Map<String, Values> memory(int answer, int from, int masks) {
    return Map.of(ANSWER, Memory.of(answer), FROM, Memory.of(from), MASKS, Memory.of(masks));
  }
}
