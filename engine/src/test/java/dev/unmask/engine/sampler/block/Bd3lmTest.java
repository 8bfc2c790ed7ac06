package dev.unmask.engine.sampler.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Bd3lmTest {
  private static final int MASK = 4;
  private static final int END = 3;
  private static final Vocabulary VOCABULARY = new Vocabulary(5, MASK, new int[] {END});

  /** Of tokens 0 to 2 the last is most probable. */
  private static final float[] LOGITS = {0, 1, 2, -50, 50};

  @Test
  void hidesTheBlocksToComeAndLooksBackAtThoseThatAreFinished() {
    TokenSampler sampler = sampler(Map.of("block-size", "3"));
    TokenState state = start(sampler, new int[] {1, MASK, MASK, MASK, 2, MASK, MASK}, 0, 4);
    assertThat(state.tokens()).containsExactly(1, MASK, MASK, -1, 2, -1, -1);
    Request request = sampler.request(state);
    assertThat(request.ids()).containsExactly(1, MASK, MASK);
    assertThat(request.rows()).containsExactly(1, 2);
    assertThat(request.attention()).isEqualTo(new Attention.BlockCausal(3));
    state = step(sampler, step(sampler, state));
    assertThat(state.tokens()).endsWith(MASK, 2, MASK, -1);
    assertThat(Arrays.copyOf(state.tokens(), 3)).doesNotContain(MASK, -1);
    assertThat(sampler.request(state).ids()).hasSize(6);
    assertThat(sampler.request(state).rows()).containsExactly(3, 5);
    assertThat(sampler.block(state)).isEqualTo(new BlockPosition(1, 3, 3, 6));
    assertThat(state.time()).isEqualTo(1);
    state = step(sampler, step(sampler, step(sampler, state)));
    assertThat(sampler.finished(state)).isTrue();
    assertThat(state.tokens()).startsWith(1).doesNotContain(MASK, -1);
    assertThat(state.evaluations()).isEqualTo(5);
    assertThat(state.time()).isZero();
  }

  @Test
  void asksForTheBlockAloneInTheContextOfThoseBeforeIt() {
    TokenSampler sampler = Bd3lm.KIND.create(Map.of("block-size", "3"), VOCABULARY);
    TokenState state = start(sampler, new int[] {1, 2, 0, 1, MASK, MASK, MASK}, 0, 1, 2, 3);
    Request request = sampler.request(step(sampler, state));
    assertThat(request.ids()).hasSize(3).startsWith(1);
    assertThat(request.positions()).containsExactly(3, 4, 5);
    assertThat(request.rows()).hasSize(1).containsAnyOf(1, 2);
    Context.Earlier context = (Context.Earlier) request.context();
    assertThat(context.ids()).containsExactly(1, 2, 0);
    assertThat(context.step()).isZero();
  }

  @Test
  void goesOnInBlocksOfAnotherSizeFromTheFirstThatIsNotFull() {
    TokenSampler small = sampler(Map.of("block-size", "2"));
    TokenSampler large = sampler(Map.of("block-size", "4"));
    TokenState state = start(small, new int[] {1, MASK, MASK, MASK, MASK, MASK}, 0);
    state = step(small, step(small, state));
    assertThat(state.tokens()).endsWith(-1, -1).doesNotContain(3);
    TokenState larger = large.replan(state);
    assertThat(larger.tokens()).isEqualTo(state.tokens());
    TokenState first = large.replan(start(small, new int[] {1, MASK, MASK, MASK, MASK, MASK}, 0));
    assertThat(first.tokens()).containsExactly(1, MASK, MASK, MASK, -1, -1);
    assertThat(small.replan(first).tokens()).containsExactly(1, MASK, -1, -1, -1, -1);
    assertThat(small.replan(state)).isSameAs(state);
    while (!large.finished(first)) {
      first = step(large, first);
    }
    assertThat(first.tokens()).doesNotContain(MASK, -1);
  }

  @Test
  void fillsWhatWasRemaskedInABlockThatWasFinished() {
    TokenSampler sampler = sampler(Map.of("block-size", "2", "stop-at-end", "false"));
    TokenState state = start(sampler, new int[] {1, MASK, MASK, MASK, MASK, MASK}, 0);
    state = step(sampler, step(sampler, state));
    int[] remasked = state.tokens().clone();
    remasked[1] = MASK;
    TokenState again = sampler.replan(state.withTokens(remasked));
    assertThat(sampler.block(again).index()).isZero();
    while (!sampler.finished(again)) {
      again = step(sampler, again);
    }
    assertThat(again.tokens()).doesNotContain(MASK, -1);
  }

  @Test
  void beginsInTheBlockInWhichThePromptEnds() {
    TokenSampler sampler = sampler(Map.of("block-size", "2"));
    TokenState state = start(sampler, new int[] {0, 1, 2, MASK, MASK, MASK}, 0, 1, 2);
    assertThat(sampler.block(state).index()).isEqualTo(1);
    assertThat(sampler.request(state).rows()).containsExactly(3);
    assertThat(sampler.plannedSteps(state)).isEqualTo(3);
    assertThat(sampler.finished(start(sampler, new int[] {0, 1}, 0, 1))).isTrue();
  }

  @Test
  void plansOneStepForEachMaskWhateverIsAlreadyDone() {
    TokenSampler sampler = sampler(Map.of("block-size", "4"));
    TokenState state = start(sampler, masks(10));
    while (!sampler.finished(state)) {
      assertThat(sampler.plannedSteps(state)).isEqualTo(10);
      state = step(sampler, state);
    }
    assertThat(state.step()).isEqualTo(10);
  }

  @Test
  void evaluatesAgainOnlyAfterAChange() {
    TokenSampler sampler =
        sampler(Map.of("block-size", "2", "first-hitting", "false", "steps", "40"));
    TokenState state = start(sampler, masks(4));
    int changes = 0;
    while (!sampler.finished(state)) {
      TokenState next = step(sampler, state);
      changes += Arrays.equals(next.tokens(), state.tokens()) ? 0 : 1;
      state = next;
    }
    assertThat(state.evaluations()).isEqualTo(changes).isLessThan(state.step());
    assertThat(state.tokens()).doesNotContain(MASK);
  }

  @Test
  void stopsBehindATokenThatEndsTheTextUnlessItWasGiven() {
    float[] ending = {0, 0, 0, 50, 0};
    for (boolean stops : new boolean[] {true, false}) {
      TokenSampler sampler =
          sampler(Map.of("block-size", "2", "stop-at-end", String.valueOf(stops)));
      TokenState state = start(sampler, new int[] {END, MASK, MASK, MASK, MASK, MASK}, 0);
      state = step(sampler, state);
      assertThat(sampler.finished(state)).isFalse();
      state = step(sampler, step(sampler, state, ending), ending);
      assertThat(sampler.finished(state)).isEqualTo(stops);
      assertThat(state.tokens()[4]).isEqualTo(stops ? -1 : MASK);
    }
  }

  @Test
  void theReferencesGridTakesTheFirstTokenWhereItDividesByZero() {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(Map.of("block-size", "400", "first-hitting", "false", "steps", "2"));
    int[] even = finish(settings);
    settings.put("grid", "reference");
    int[] reference = finish(settings);
    settings.put("nucleus", "0.7");
    int[] cut = finish(settings);
    assertThat(count(even, 0)).isBetween(20L, 60L);
    assertThat(count(reference, 0)).isBetween(180L, 260L);
    assertThat(count(cut, 2) + count(cut, 0)).isEqualTo(400);
  }

  private static int[] finish(Map<String, String> settings) {
    TokenSampler sampler = sampler(settings);
    TokenState state = start(sampler, masks(400));
    while (!sampler.finished(state)) {
      state = step(sampler, state);
    }
    return state.tokens();
  }

  @Test
  void aTraceThatDoesNotSayWhichBlockIsRefused() {
    TokenState bare = new TokenState(0, masks(3), new byte[3], 1, 0, new long[0], Map.of());
    assertThatThrownBy(() -> sampler(Map.of()).finished(bare))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("memory.block");
  }

  /** Without a cache. */
  private static TokenSampler sampler(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("kv-cache", "false");
    return Bd3lm.KIND.create(all, VOCABULARY);
  }

  private static int[] masks(int length) {
    int[] masks = new int[length];
    Arrays.fill(masks, MASK);
    return masks;
  }

  private static TokenState start(TokenSampler sampler, int[] tokens, int... given) {
    byte[] marks = new byte[tokens.length];
    for (int position : given) {
      marks[position] = Mark.PROMPT;
    }
    return sampler.start(tokens, marks, new Philox(7, 0));
  }

  private static TokenState step(TokenSampler sampler, TokenState state) {
    return step(sampler, state, LOGITS);
  }

  private static TokenState step(TokenSampler sampler, TokenState state, float[] logits) {
    int[] rows = sampler.request(state).rows();
    float[][] all = Arrays.stream(rows).mapToObj(_ -> logits).toArray(float[][]::new);
    TokenStep step = sampler.step(state, new Prediction(rows, all), new Philox(7, state.step()));
    for (int i = 0; i < state.length(); i++) {
      assertThat(step.predicted()[i]).isBetween(state.tokens()[i] == MASK ? 0 : -1, END);
    }
    return step.next();
  }

  private static long count(int[] tokens, int token) {
    return Arrays.stream(tokens).filter(other -> other == token).count();
  }
}
