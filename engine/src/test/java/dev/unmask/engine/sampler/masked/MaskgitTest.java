package dev.unmask.engine.sampler.masked;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskgitTest {
  private static final int MASK = 3;
  private static final Vocabulary VOCABULARY = new Vocabulary(4, MASK, new int[0]);

  @ParameterizedTest
  @CsvSource({
    "COSINE, 1, cosine",
    "UNIFORM, 1, uniform",
    "POW, 2, pow2",
    "POW, 3, pow3",
    "LOG, 1, log",
    "EXP, 1, exp"
  })
  void schedulesLeaveTheSharesThatWereRecorded(
      MaskSchedule schedule, float exponent, String recorded) throws IOException {
    JsonNode shares =
        new ObjectMapper()
            .readTree(GoldenFiles.path("maskgit/mask_schedule.json").toFile())
            .at("/values/" + recorded);
    for (int step = 1; step <= 8; step++) {
      float share = (float) shares.get(step - 1).asDouble();
      assertThat(schedule.masks(step, 8, exponent, 256)).isEqualTo((int) (256 * share));
    }
  }

  @Test
  void commitsTheMostConfidentOnSchedule() {
    TokenSampler sampler = sampler(Map.of("steps", "4", "choice-temperature", "0"));
    TokenState state = start(sampler);
    int[] masks = new int[4];
    for (int step = 0; step < 4; step++) {
      state = step(sampler, state);
      masks[step] = masks(state);
    }
    assertThat(masks).containsExactly(7, 5, 3, 0);
  }

  @Test
  void endsWhenNothingIsMaskedAndItsAuthorsProgramKeepsAMask() {
    TokenSampler sampler = sampler(Map.of("steps", "30"));
    TokenState state = start(sampler);
    while (!sampler.finished(state)) {
      state = step(sampler, state);
    }
    assertThat(state.step()).isEqualTo(8);
    TokenSampler program = sampler(Map.of("steps", "30", "redraw", "true"));
    TokenState kept = start(program);
    for (int step = 0; step < 29; step++) {
      kept = step(program, kept);
    }
    assertThat(masks(kept)).isOne();
    assertThat(masks(step(program, kept))).isZero();
  }

  private static TokenSampler sampler(Map<String, String> settings) {
    return Samplers.named("maskgit").create(settings, VOCABULARY);
  }

  private static TokenState start(TokenSampler sampler) {
    int[] tokens = new int[8];
    Arrays.fill(tokens, MASK);
    return sampler.start(tokens, new byte[8], new Philox(0, 0));
  }

  private static TokenState step(TokenSampler sampler, TokenState state) {
    int[] rows = sampler.request(state).rows();
    float[][] logits = new float[rows.length][];
    Arrays.setAll(logits, i -> new float[] {rows[i], 0, 0, 50});
    return sampler.step(state, new Prediction(rows, logits), new Philox(0, state.step())).next();
  }

  private static int masks(TokenState state) {
    return state.positionsOf(MASK, 0, state.length()).length;
  }
}
