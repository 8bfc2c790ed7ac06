package dev.unmask.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.engine.GoldenFiles;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalsTest {
  static Stream<Map.Entry<String, JsonNode>> seeds() throws IOException {
    JsonNode recording = new ObjectMapper().readTree(GoldenFiles.path("torch_rng.json").toFile());
    return recording.get("seeds").propertyStream();
  }

  /** 20 are no multiple of 16, and 5 are fewer. */
  @ParameterizedTest
  @MethodSource("seeds")
  void drawsTorchsNumbers(Map.Entry<String, JsonNode> recorded) {
    for (int count : new int[] {20, 5}) {
      JsonNode expected = recorded.getValue().get("randn_f32_" + count);
      TorchRandom random = new TorchRandom(Long.parseLong(recorded.getKey()));
      float[] drawn = Normals.draw(count, Purpose.NOISE, random);
      for (int i = 0; i < count; i++) {
        assertThat(drawn[i]).isCloseTo((float) expected.get(i).asDouble(), within(2e-6f));
      }
    }
  }

  @Test
  void areNormalWhateverTheSource() {
    float[] drawn = Normals.draw(40_000, Purpose.NOISE, new Philox(9, 2));
    double variance =
        IntStream.range(0, drawn.length)
            .mapToDouble(i -> (double) drawn[i] * drawn[i])
            .average()
            .orElseThrow();
    double within = IntStream.range(0, drawn.length).filter(i -> Math.abs(drawn[i]) < 1).count();
    assertThat(variance).isCloseTo(1, within(0.03));
    assertThat(within / drawn.length).isCloseTo(0.6827, within(0.01));
  }
}
