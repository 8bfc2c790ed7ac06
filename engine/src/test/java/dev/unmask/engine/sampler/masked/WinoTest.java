package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WinoTest {
  private static final int MASK = 3;
  private static final Vocabulary VOCABULARY = new Vocabulary(4, MASK, new int[0]);

  @Test
  void asksForMasksAndForShadowsOfWhatIsCommitted() {
    TokenSampler sampler = sampler("block", "2");
    Request request = sampler.request(state(sampler, 0, 1, MASK, MASK, MASK));
    assertThat(request.ids()).containsExactly(0, 1, MASK, MASK, MASK, MASK, MASK);
    assertThat(request.positions()).containsExactly(0, 1, 2, 3, 4, 1, 2);
    assertThat(request.rows()).containsExactly(2, 5);
    assertThat(request.attention()).isEqualTo(new Attention.Shadowed(5));
  }

  /** Slots 3 and 4 are shadows of positions 1 and 2. */
  @Test
  void aShadowSeesEverythingButItsOwnToken() {
    Attention attention = new Attention.Shadowed(3);
    int[] positions = {0, 1, 2, 1, 2};
    boolean[][] sees = new boolean[5][5];
    for (int query = 0; query < 5; query++) {
      for (int key = 0; key < 5; key++) {
        sees[query][key] = attention.sees(positions, query, key);
      }
    }
    assertThat(sees)
        .isDeepEqualTo(
            new boolean[][] {
              {true, true, true, false, false},
              {true, true, true, false, false},
              {true, true, true, false, false},
              {true, false, true, true, true},
              {true, true, false, true, true}
            });
    assertThat(attention.closed(2)).isZero();
    assertThat(attention.closed(4)).isEqualTo(3);
  }

  @Test
  void commitsAllThatIsSureEnoughOrTheSurest() {
    TokenSampler sampler = sampler();
    assertThat(step(sampler, start(sampler), .7, .5, .65, .55).next().tokens())
        .containsExactly(0, 1, MASK, 1, MASK);
    assertThat(step(sampler, start(sampler), .3, .5, .4, .3).next().tokens())
        .containsExactly(0, MASK, 1, MASK, MASK);
  }

  @Test
  void remasksWhatItsShadowDoubtsIfMoreThanOneIsCommitted() {
    TokenSampler sampler = sampler();
    TokenState state = step(sampler, start(sampler), .7, .8, .3, .3).next();
    TokenStep both = step(sampler, state, .7, .7, .95, .5);
    assertThat(both.next().tokens()).containsExactly(0, 1, MASK, 1, 1);
    assertThat(both.confidence()[2]).isEqualTo(.5f);
    TokenStep one = step(sampler, state, .7, .3, .95, .5);
    assertThat(one.next().tokens()).containsExactly(0, 1, 1, 1, MASK);
  }

  /** Two were committed before, so one of the two doubtful ones may go: the worse. */
  @Test
  void remasksFewerThanWereCommittedBefore() {
    TokenSampler sampler = sampler();
    TokenState state = step(sampler, start(sampler), .7, .8, .3, .3).next();
    assertThat(step(sampler, state, .7, .7, .4, .5).next().tokens())
        .containsExactly(0, MASK, 1, 1, 1);
  }

  @Test
  void neverRemasksWhatIsGiven() {
    TokenSampler sampler = sampler();
    byte[] marks = {Mark.PROMPT, Mark.PINNED, 0, 0, 0};
    TokenState state = sampler.start(new int[] {0, 2, MASK, MASK, MASK}, marks, new Philox(0, 0));
    assertThat(sampler.request(state).rows()).containsExactly(2, 3, 4);
  }

  @Test
  void everyRunEnds() {
    TokenSampler sampler = sampler();
    TokenState state = start(sampler);
    while (!sampler.finished(state)) {
      double[] doubtful = new double[sampler.request(state).rows().length];
      Arrays.fill(doubtful, .7);
      state = step(sampler, state, doubtful).next();
      assertThat(state.step()).isLessThan(20);
    }
    assertThat(state.tokens()).doesNotContain(MASK);
  }

  private static TokenSampler sampler(String... settings) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return Samplers.named("wino").create(given, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler) {
    return state(sampler, 0, MASK, MASK, MASK, MASK);
  }

  private static TokenState state(TokenSampler sampler, int... tokens) {
    byte[] marks = new byte[tokens.length];
    marks[0] = Mark.PROMPT;
    return sampler.start(tokens, marks, new Philox(0, 0));
  }

  /** A step with these probabilities of token 1, by row. */
  private static TokenStep step(TokenSampler sampler, TokenState state, double... ofOne) {
    int[] rows = sampler.request(state).rows();
    assertThat(rows).hasSameSizeAs(ofOne);
    float[][] logits = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      float rest = (float) Math.log((1 - ofOne[i]) / 2);
      logits[i] = new float[] {rest, (float) Math.log(ofOne[i]), rest, 99};
    }
    return sampler.step(state, new Prediction(rows, logits), new Philox(0, state.step()));
  }
}
