package dev.unmask.engine.sampler.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Llada2Test {
  private static final int END = 4;
  private static final int MASK = 5;
  private static final Vocabulary VOCABULARY = new Vocabulary(6, MASK, new int[] {END});

  /** A prompt of one token and an answer of six, in blocks of four: 1 + 3, and 3. */
  private static final int[] TOKENS = {0, MASK, MASK, MASK, MASK, MASK, MASK};

  @Test
  void asksForTheBlockAndShowsNothingLater() {
    TokenSampler sampler = sampler();
    TokenState second = play(sampler, tokens(.9, 1, 1, 1), tokens(.9, 1, 1, 1));
    Request request = sampler.request(second);
    assertThat(request.ids()).containsExactly(0, 1, 1, 1, MASK, MASK, MASK);
    assertThat(request.rows()).containsExactly(4, 5, 6);
    assertThat(request.attention()).isEqualTo(new Attention.BlockCausal(4));
    assertThat(sampler.request(start(sampler)).ids()).containsExactly(0, MASK, MASK, MASK);
    assertThat(sampler.request(start(sampler)).rows()).containsExactly(1, 2, 3);
  }

  @Test
  void commitsWhatIsSureEnoughOrTheSurest() {
    TokenSampler sampler = sampler();
    double[][] sure = {{.8, 1}, {.6, 2}, {.75, 3}};
    assertThat(play(sampler, sure).tokens()).startsWith(0, 1, MASK, 3);
    double[][] unsure = {{.5, 1}, {.6, 2}, {.55, 3}};
    assertThat(play(sampler, unsure).tokens()).startsWith(0, MASK, 2, MASK);
    assertThat(play(sampler("minimal-topk", "2"), unsure).tokens()).startsWith(0, MASK, 2, 3);
  }

  @Test
  void sharesTheBlockOutToItsSteps() {
    double[][] unsure = {{.5, 1}, {.6, 2}, {.55, 3}};
    TokenSampler sampler = sampler("steps", "2", "editing-threshold", "1");
    TokenState half = play(sampler, unsure);
    assertThat(half.tokens()).startsWith(0, MASK, 2, 3);
    assertThat(sampler.block(half).index()).isZero();
  }

  @Test
  void editsWhatAnotherTokenIsSureEnoughFor() {
    double[][] first = {{.9, 1}, {.9, 1}, {.6, 1}};
    double[][] second = {{.4, 2}, {.55, 2}, {.6, 3}};
    assertThat(play(sampler(), first, second).tokens()).startsWith(0, 1, 2, 3);
    assertThat(play(sampler("editing-threshold", "0"), first, second).tokens())
        .startsWith(0, 2, 2, 3);
    assertThat(play(sampler("editing-threshold", "1"), first, tokens(.6, 3)).tokens())
        .startsWith(0, 1, 1, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "editing-threshold, 1, 1",
    "extra-forward, true, 4",
    "max-post-steps, 2, 3",
    "max-post-steps, 0, 1",
    "steps, 1, 1"
  })
  void leavesAFilledBlockWhenItSettles(String setting, String value, int evaluations) {
    TokenSampler sampler = sampler(setting, value);
    TokenState state = play(sampler, tokens(.9, 1, 1, 1));
    int[] others = {2, 3, 3, 3};
    for (int other : others) {
      if (sampler.block(state).index() == 0) {
        state = step(sampler, state, tokens(.9, other, other, other));
      }
    }
    assertThat(state.evaluations()).isEqualTo(evaluations);
    assertThat(sampler.block(state).index()).isEqualTo(1);
  }

  @Test
  void anExtraForwardChangesNothingButTheCount() {
    TokenSampler sampler = sampler("editing-threshold", "1", "extra-forward", "true");
    TokenState filled = play(sampler, tokens(.9, 1, 1, 1));
    assertThat(sampler.request(filled).rows()).isEmpty();
    TokenState next = step(sampler, filled, new double[0][]);
    assertThat(next.tokens()).isEqualTo(filled.tokens());
    assertThat(next.evaluations()).isEqualTo(2);
    assertThat(sampler.block(next).index()).isEqualTo(1);
  }

  /** The end is written between two masks, then what is before it is filled, then the block. */
  @ParameterizedTest
  @CsvSource({"false, 6", "true, 2", "at-commit, 6", "at-block, 3", "leave-block, 4"})
  void stopsWhereTheTextEnds(String word, int evaluations) {
    TokenSampler sampler = sampler("editing-threshold", "1", "eos-early-stop", word);
    TokenState state = play(sampler, new double[][] {{.5, 1}, {.9, END}, {.4, 1}});
    double[] chance = {.6, .5, .4};
    while (!sampler.finished(state) && state.step() < 9) {
      int[] rows = sampler.request(state).rows();
      double[][] one =
          IntStream.range(0, rows.length)
              .mapToObj(i -> new double[] {chance[i], 1})
              .toArray(double[][]::new);
      state = step(sampler, state, one);
    }
    assertThat(state.evaluations()).isEqualTo(evaluations);
  }

  @Test
  void anEndThatCompletesTheTextStopsItAtItsCommit() {
    TokenSampler sampler = sampler("eos-early-stop", "at-commit");
    assertThat(sampler.finished(play(sampler, tokens(.9, 1, END, 1)))).isTrue();
    TokenSampler prompted = sampler("eos-early-stop", "at-commit");
    TokenState start = start(prompted, END, MASK, MASK, MASK);
    assertThat(prompted.finished(step(prompted, start, tokens(.9, 1, END, 1)))).isFalse();
    TokenSampler correct = sampler();
    assertThat(correct.finished(step(correct, start(correct, END, MASK, MASK), tokens(.9, 1, END))))
        .isTrue();
  }

  @Test
  void predictsTheMaskOnlyIfAsked() {
    double[][] mask = {{.9, MASK}, {.9, MASK}, {.9, MASK}};
    assertThat(play(sampler(), mask).tokens()[1]).isNotEqualTo(MASK);
    assertThat(play(sampler("predict-mask", "true"), mask).tokens())
        .startsWith(0, MASK, MASK, MASK);
  }

  /** Of two tokens left, the more probable one would have 5/6, and be surer than the threshold. */
  @ParameterizedTest
  @CsvSource({"top-k, 2", "top-p, 0.5"})
  void cutsNothingOffAtATemperatureOfZero(String setting, String value) {
    double[][] unsure = {{.5, 1}, {.6, 2}, {.55, 3}};
    assertThat(play(sampler(setting, value), unsure).tokens()).startsWith(0, MASK, 2, MASK);
  }

  @Test
  void refusesAMemoryThatCannotBe() {
    TokenSampler sampler = sampler();
    TokenState state = start(sampler);
    TokenState broken =
        new TokenState(0, state.tokens(), state.marks(), 1, 0, new long[0], Map.of());
    assertThatThrownBy(() -> sampler.finished(broken))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("memory.progress");
  }

  private static TokenSampler sampler(String... settings) {
    Map<String, String> given = new HashMap<>(Map.of("block", "4"));
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return Samplers.named("llada2").create(given, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler, int... tokens) {
    int[] all = tokens.length == 0 ? TOKENS : tokens;
    byte[] marks = new byte[all.length];
    marks[0] = Mark.PROMPT;
    return sampler.start(all, marks, new Philox(0, 0));
  }

  /** Steps from the start, each with a probability and a token for each row. */
  private static TokenState play(TokenSampler sampler, double[][]... steps) {
    TokenState state = start(sampler);
    for (double[][] predicted : steps) {
      state = step(sampler, state, predicted);
    }
    return state;
  }

  private static double[][] tokens(double probability, int... tokens) {
    return IntStream.of(tokens)
        .mapToObj(token -> new double[] {probability, token})
        .toArray(double[][]::new);
  }

  private static TokenState step(TokenSampler sampler, TokenState state, double[][] predicted) {
    int[] rows = sampler.request(state).rows();
    assertThat(rows).hasSameSizeAs(predicted);
    float[][] logits = new float[rows.length][VOCABULARY.size()];
    for (int i = 0; i < rows.length; i++) {
      double rest = (1 - predicted[i][0]) / (VOCABULARY.size() - 1);
      for (int token = 0; token < logits[i].length; token++) {
        logits[i][token] = (float) Math.log(token == predicted[i][1] ? predicted[i][0] : rest);
      }
    }
    return sampler.step(state, new Prediction(rows, logits), new Philox(0, state.step())).next();
  }
}
