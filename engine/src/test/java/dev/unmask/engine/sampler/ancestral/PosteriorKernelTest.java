package dev.unmask.engine.sampler.ancestral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorKernelTest {
  private static final int MASK = 1;
  private static final int LENGTH = 4000;
  private static final Vocabulary VOCABULARY = new Vocabulary(4, MASK, new int[0]);

  /** p̃ is 1/5, 3/5 and 1/5 of what is no mask, however probable the mask is. */
  private static final float[] LOGITS = {0, 50, (float) Math.log(3), 0};

  /** Scores are made of what is probable, and cannot tell that the mask is not. */
  private static final float[] SCORED = {0, -50, (float) Math.log(3), 0};

  @ParameterizedTest
  @ValueSource(strings = {"udlm", "duo", "psi", "sedd-analytic noise=uniform"})
  void uniformNoiseIsEditedAwayAndNeverTheMask(String sampler) {
    TokenSampler uniform = sampler(sampler + " steps=6");
    assertThat(uniform.noise()).isEqualTo(NoiseKind.UNIFORM);
    TokenState state = start(uniform);
    for (int token : new int[] {0, 2, 3}) {
      assertThat(share(state, token)).isCloseTo(1 / 3.0, within(0.03));
    }
    Set<Event> events = EnumSet.noneOf(Event.class);
    while (!uniform.finished(state)) {
      assertThat(uniform.request(state).rows()).hasSize(LENGTH);
      TokenStep step = step(uniform, state);
      TokenState before = state;
      IntStream.range(0, LENGTH).forEach(i -> events.add(Event.at(i, MASK, before, step)));
      state = step.next();
      assertThat(state.tokens()).doesNotContain(MASK);
    }
    assertThat(events).containsExactlyInAnyOrder(Event.NONE, Event.EDITED);
    assertThat(share(state, 2)).isCloseTo(0.6, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"udlm", "duo", "psi", "psi noise=absorbing", "gidd", "gidd-mdlm", "sedd-euler"})
  void whatIsGivenStays(String name) {
    TokenSampler sampler = sampler(name + " steps=8");
    int[] tokens = {3, MASK, MASK, 0, MASK};
    byte[] marks = {Mark.PROMPT, 0, 0, Mark.PINNED, 0};
    TokenState state = sampler.start(tokens, marks, new Philox(7, 0));
    while (!sampler.finished(state)) {
      assertThat(sampler.request(state).rows()).doesNotContain(0, 3);
      state = step(sampler, state).next();
      assertThat(state.tokens()[0]).isEqualTo(3);
      assertThat(state.tokens()[3]).isZero();
    }
  }

  @Test
  void hybridNoiseHasItsShareOfMasksAtEveryTime() {
    TokenSampler sampler = sampler("gidd steps=8 p-uniform=0.5");
    TokenState state = start(sampler);
    while (!sampler.finished(state)) {
      state = step(sampler, state).next();
      double t = state.step() < 8 ? 1 - 1e-4 - state.step() * (1 - 2e-4) / 8 : 0;
      double masked = t / (1 + 2 * Math.sqrt(t * (1 - t)));
      assertThat(share(state, MASK)).isCloseTo(masked, within(0.03));
    }
  }

  @Test
  void theReferenceStandsStillInTheLastStep() {
    TokenSampler sampler = sampler("gidd steps=4 reference=true");
    TokenState state = start(sampler);
    assertThat(state.time()).isCloseTo(0.75, within(1e-3));
    for (int step = 0; step < 3; step++) {
      state = step(sampler, state).next();
    }
    assertThat(state.time()).isCloseTo(1e-4, within(1e-6));
    assertThat(step(sampler, state).next().tokens()).containsExactly(state.tokens());
    assertThat(sampler.finished(step(sampler, state).next())).isTrue();
  }

  @Test
  void drawsNothingLessProbableThanMinP() {
    TokenState few = step(sampler("gidd steps=2 p-uniform=0 min-p=0.2"), 1).next();
    assertThat(few.tokens()).contains(2, MASK).doesNotContain(0, 3);
    TokenState certain = step(sampler("gidd steps=2 p-uniform=0 min-p=1"), 1).next();
    assertThat(certain.tokens()).containsOnly(MASK);
  }

  @ParameterizedTest
  @CsvSource({
    "max-capped, 0.2, 0.2",
    "rescale, 0.2, 0.2",
    "max-rescale, 0.2, 0.04",
    "constant, 0.7, 0.18",
    "pure-pc, 0, 0.6",
    "constant-remdm, 0.1, 0.1",
    "pure-posterior, 0, 0"
  })
  void withMasksItRemasksAsRemdmDoes(String mode, String eta, double sigma) {
    String settings = "psi noise=absorbing steps=5 middle-mode=%s middle-eta=%s";
    TokenSampler sampler = sampler(settings.formatted(mode, eta));
    int[] tokens = new int[LENGTH];
    byte[] marks = new byte[LENGTH];
    TokenState half =
        new TokenState(1, tokens, marks, 0.8, 1, new long[0], start(sampler).memory());
    Prediction none = new Prediction(new int[0], new float[0][]);
    TokenState next = sampler.step(half, none, new Philox(3, 1)).next();
    assertThat(share(next, MASK)).isCloseTo(sigma, within(0.03));
  }

  @Test
  void phasesDivideTheStepsAndTheTimeStandsStill() {
    TokenSampler sampler =
        sampler(
            "psi steps=9 high-fraction=0.4 middle-fraction=0.3 time-profile=plateau plateau=0.5");
    double[] times = new double[10];
    TokenState state = start(sampler);
    for (int step = 0; step < 10; step++) {
      times[step] = state.time();
      state = step(sampler, state).next();
    }
    assertThat(times[0]).isEqualTo(1);
    assertThat(Arrays.copyOfRange(times, 3, 8)).containsOnly(0.5);
    assertThat(times[9]).isCloseTo(1e-5, within(1e-9));
  }

  @Test
  void refusesSettingsThatContradictEachOther() {
    assertThatThrownBy(() -> sampler("duo cached=true"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("set noise to absorbing");
    assertThatThrownBy(() -> sampler("psi high-fraction=0.7 middle-fraction=0.4"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("0.7 and 0.4");
  }

  @Test
  void seddLeavesMasksIfNoiseIsNotRemoved() {
    String few = "sedd-euler steps=1 eps=0.5 noise-removal=";
    assertThat(share(step(sampler(few + false), 1).next(), MASK)).isPositive();
    TokenSampler removing = sampler(few + true);
    TokenState last = step(removing, step(removing, 1).next()).next();
    assertThat(last.tokens()).doesNotContain(MASK);
    assertThat(removing.finished(last)).isTrue();
  }

  private static TokenSampler sampler(String words) {
    Map<String, String> settings =
        Arrays.stream(words.split(" "))
            .skip(1)
            .map(word -> word.split("="))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return Samplers.named(words.split(" ")[0]).create(settings, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler) {
    int[] tokens = new int[LENGTH];
    Arrays.fill(tokens, MASK);
    return sampler.start(tokens, new byte[LENGTH], new Philox(7, 0));
  }

  private static TokenStep step(TokenSampler sampler, int steps) {
    TokenStep step = step(sampler, start(sampler));
    for (int more = 1; more < steps; more++) {
      step = step(sampler, step.next());
    }
    return step;
  }

  private static TokenStep step(TokenSampler sampler, TokenState state) {
    int[] rows = sampler.request(state).rows();
    float[] row = sampler.rowMeaning() == RowMeaning.LOG_SCORES ? SCORED : LOGITS;
    float[][] logits = Arrays.stream(rows).mapToObj(_ -> row).toArray(float[][]::new);
    Prediction prediction =
        new Prediction(rows, logits)
            .as(
                RowMeaning.LEAVE_ONE_OUT_LOGITS,
                sampler.rowMeaning(),
                state.tokens(),
                sampler.through(state).orElseThrow());
    return sampler.step(state, prediction, new Philox(7, state.step()));
  }

  private static double share(TokenState state, int token) {
    return Arrays.stream(state.tokens()).filter(other -> other == token).count()
        / (double) state.length();
  }
}
