package dev.unmask.engine.sampler.ancestral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MdlmTest {
  private static final int MASK = 3;
  private static final Philox RANDOM = new Philox(7, 0);
  private static final Vocabulary VOCABULARY = new Vocabulary(4, MASK, new int[0]);

  /** p = 1/4, 3/4 and nothing, however probable the mask is. */
  private static final float[] LOGITS = {0, (float) Math.log(3), -99, 50};

  static Stream<Named<SamplerKind>> kinds() {
    return Stream.of(Mdlm.KIND, Mdlm.Cached.KIND).map(kind -> Named.of(kind.name(), kind));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void unmasksItsShareAndDrawsFromTheSoftmaxWithoutTheMask(SamplerKind kind) {
    TokenSampler sampler = kind.create(Map.of("steps", "4"), VOCABULARY);
    int[] masks = new int[4000];
    Arrays.fill(masks, MASK);
    TokenState state = sampler.start(masks, new byte[masks.length], RANDOM);
    for (int step = 0; step < 3; step++) {
      state = step(sampler, state).next();
      assertThat(count(state, MASK) / 4000.0).isCloseTo(0.75 - step * 0.25, within(0.025));
      assertThat(state.time()).isCloseTo(0.75 - step * 0.25, within(1e-4));
    }
    double unmasked = 4000 - count(state, MASK);
    assertThat(count(state, 1) / unmasked).isCloseTo(0.75, within(0.025));
    assertThat(count(state, 2)).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesTheMostProbableTokensLast(SamplerKind kind) {
    TokenSampler sampler = kind.create(Map.of("steps", "1", "eps", "0.5"), VOCABULARY);
    TokenState state = step(sampler, start(sampler, 64)).next();
    assertThat(count(state, MASK)).isBetween(16L, 48L);
    TokenStep last = step(sampler, state);
    int[] tokens = last.next().tokens();
    for (int i = 0; i < tokens.length; i++) {
      boolean wasMasked = state.tokens()[i] == MASK;
      assertThat(tokens[i]).isEqualTo(wasMasked ? 1 : state.tokens()[i]);
      assertThat(last.predicted()[i]).isEqualTo(wasMasked ? 1 : -1);
    }
    assertThat(last.next().time()).isZero();
    assertThat(sampler.finished(last.next())).isTrue();
  }

  @Test
  void leavesMasksIfNoiseIsNotRemoved() {
    TokenSampler sampler =
        Mdlm.KIND.create(Map.of("steps", "1", "eps", "0.5", "noise-removal", "false"), VOCABULARY);
    TokenState state = step(sampler, start(sampler, 64)).next();
    assertThat(sampler.finished(state)).isTrue();
    assertThat(count(state, MASK)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void asksForMasksOnlyAndKeepsWhatIsGiven(SamplerKind kind) {
    TokenSampler sampler = kind.create(Map.of("steps", "2"), VOCABULARY);
    byte[] marks = {Mark.PROMPT, 0, Mark.PROMPT, 0, Mark.PINNED};
    TokenState state = sampler.start(new int[] {2, MASK, MASK, MASK, 2}, marks, RANDOM);
    assertThat(sampler.request(state).rows()).containsExactly(1, 2, 3);
    assertThat(state.marks()).containsExactly(Mark.PROMPT, 0, 0, 0, Mark.PINNED);
    while (!sampler.finished(state)) {
      state = step(sampler, state).next();
    }
    assertThat(state.tokens()).startsWith(2).endsWith(2).doesNotContain(MASK);
  }

  @Test
  void repeatsAnEvaluationOnlyWhileNothingChangesAndNoiseIsLeftToRemove() {
    TokenSampler sampler = Mdlm.Cached.KIND.create(Map.of("steps", "3"), VOCABULARY);
    TokenState state = sampler.start(new int[] {0, 1}, new byte[2], RANDOM);
    boolean[] repeats = new boolean[4];
    for (int step = 0; step < repeats.length; step++) {
      repeats[step] = sampler.repeats(state);
      state = step(sampler, state).next();
    }
    assertThat(repeats).containsExactly(false, true, true, false);
    assertThat(state.evaluations()).isEqualTo(2);
  }

  private static TokenState start(TokenSampler sampler, int length) {
    int[] tokens = new int[length];
    Arrays.fill(tokens, MASK);
    return sampler.start(tokens, new byte[length], RANDOM);
  }

  private static TokenStep step(TokenSampler sampler, TokenState state) {
    int[] rows = sampler.request(state).rows();
    float[][] logits = Arrays.stream(rows).mapToObj(_ -> LOGITS).toArray(float[][]::new);
    return sampler.step(state, new Prediction(rows, logits), new Philox(7, state.step()));
  }

  private static long count(TokenState state, int token) {
    return Arrays.stream(state.tokens()).filter(other -> other == token).count();
  }
}
