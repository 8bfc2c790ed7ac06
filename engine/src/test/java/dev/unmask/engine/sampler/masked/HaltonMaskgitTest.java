package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.exact.ExactDenoiser;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.ChiSquare;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class HaltonMaskgitTest {
  private static final int MASK = 2;
  private static final Vocabulary VOCABULARY = new Vocabulary(3, MASK, new int[0]);

  @Test
  void theOrderIsTheOneRecorded() {
    assertThat(HaltonMaskgit.Order.of(16))
        .containsExactly(9, 6, 12, 1, 11, 4, 14, 3, 8, 5, 0, 7, 13, 2, 15, 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 15, 64})
  void theOrderVisitsEveryCellOnce(int cells) {
    assertThat(HaltonMaskgit.Order.of(cells))
        .containsExactlyInAnyOrder(IntStream.range(0, cells).toArray());
  }

  @Test
  void asksForTheCellsOfItsStepAlone() {
    TokenSampler sampler = sampler(Map.of("steps", "4"));
    TokenState state = start(sampler);
    assertThat(sampler.request(state).rows()).containsExactly(6, 9);
    state = step(sampler, state);
    assertThat(sampler.request(state).rows()).containsExactly(1, 11, 12);
  }

  @Test
  void keepsWhatIsGivenAndFillsTheRest() {
    TokenSampler sampler = sampler(Map.of("steps", "4"));
    TokenState state = start(sampler);
    while (!sampler.finished(state)) {
      state = step(sampler, state);
    }
    assertThat(state.step()).isEqualTo(4);
    assertThat(state.tokens()).doesNotContain(MASK);
    assertThat(state.tokens()[0]).isOne();
  }

  /** With at least as many steps as cells, which is the default here, each step fills one. */
  @Test
  void oneCellAStepIsExact() {
    double[] weights = new double[16];
    for (int picture = 0; picture < 16; picture++) {
      weights[picture] = 1 + 3 * Integer.bitCount(picture ^ picture >> 1) + picture % 3;
    }
    double sum = Arrays.stream(weights).sum();
    List<ExactDenoiser.Sequence> pictures =
        IntStream.range(0, 16)
            .mapToObj(i -> new ExactDenoiser.Sequence(cells(i), weights[i] / sum))
            .toList();
    TokenSampler sampler = sampler(Map.of());
    ExactDenoiser model = new ExactDenoiser(VOCABULARY, pictures, sampler.rowMeaning());
    int[] counts = new int[16];
    for (int seed = 0; seed < 2000; seed++) {
      TokenState state =
          sampler.start(new int[] {MASK, MASK, MASK, MASK}, new byte[4], new Philox(seed, 0));
      while (!sampler.finished(state)) {
        Prediction prediction = model.predict(sampler.request(state));
        state = sampler.step(state, prediction, new Philox(seed, state.step())).next();
      }
      counts[Arrays.stream(state.tokens()).reduce(0, (number, cell) -> 2 * number + cell)]++;
    }
    double[] probabilities = Arrays.stream(weights).map(weight -> weight / sum).toArray();
    assertThat(ChiSquare.of(counts, probabilities).passes()).isTrue();
  }

  private static int[] cells(int picture) {
    return new int[] {picture >> 3 & 1, picture >> 2 & 1, picture >> 1 & 1, picture & 1};
  }

  @Test
  void drawsFromTheMostProbableTokens() {
    TokenSampler sampler = sampler(Map.of("steps", "1", "top-k", "1"));
    TokenState state = step(sampler, start(sampler));
    assertThat(Arrays.stream(state.tokens()).skip(1)).containsOnly(0);
  }

  @Test
  void mayBeginAtARandomPlace() {
    TokenSampler sampler = sampler(Map.of("steps", "16", "randomize", "true"));
    assertThat(
            IntStream.range(0, 40)
                .map(seed -> sampler.request(begun(sampler, seed)).rows()[0])
                .distinct()
                .count())
        .isGreaterThan(5);
  }

  private static TokenState begun(TokenSampler sampler, int seed) {
    int[] tokens = new int[16];
    Arrays.fill(tokens, MASK);
    return sampler.start(tokens, new byte[16], new Philox(seed, 0));
  }

  private static TokenSampler sampler(Map<String, String> settings) {
    return Samplers.named("halton-maskgit").create(settings, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler) {
    int[] tokens = new int[16];
    Arrays.fill(tokens, MASK);
    tokens[0] = 1;
    byte[] marks = new byte[16];
    marks[0] = Mark.PINNED;
    return sampler.start(tokens, marks, new Philox(0, 0));
  }

  private static TokenState step(TokenSampler sampler, TokenState state) {
    int[] rows = sampler.request(state).rows();
    float[][] logits = new float[rows.length][];
    Arrays.setAll(logits, i -> new float[] {1, 0, 9});
    return sampler.step(state, new Prediction(rows, logits), new Philox(0, state.step())).next();
  }
}
