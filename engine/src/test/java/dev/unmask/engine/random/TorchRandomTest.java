package dev.unmask.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.engine.GoldenFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorchRandomTest {
  private static final int[] SIX = {0, 1, 2, 3, 4, 5};
  private static final Rows FOUR = Rows.packed(new int[] {0, 1, 2, 3});

  static Stream<Map.Entry<String, JsonNode>> seeds() throws IOException {
    JsonNode recording = new ObjectMapper().readTree(GoldenFiles.path("torch_rng.json").toFile());
    return recording.get("seeds").propertyStream();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsTorchsNumbers(Map.Entry<String, JsonNode> recorded) {
    long seed = Long.parseLong(recorded.getKey());
    JsonNode values = recorded.getValue();
    float[][] floats = new TorchRandom(seed).uniform32(Purpose.TOKEN, FOUR, 1);
    double[][] doubles = new TorchRandom(seed).uniform64(Purpose.TOKEN, FOUR, 1);
    for (int i = 0; i < 4; i++) {
      assertThat(floats[i][0]).isEqualTo((float) values.get("rand_f32_4").get(i).asDouble());
      assertThat(doubles[i][0]).isEqualTo(values.get("rand_f64_4").get(i).asDouble());
    }
    TorchRandom integers = new TorchRandom(seed);
    assertThat(IntStream.range(0, 6).map(i -> integers.integer(0, 100)))
        .containsExactlyElementsOf(ints(values.get("randint_0_100_6")));
    assertThat(new TorchRandom(seed).integers(Purpose.START, Rows.packed(SIX), 100))
        .containsExactly(
            ints(values.get("randint_0_100_6")).stream().mapToInt(Integer::intValue).toArray());
    assertThat(new TorchRandom(seed).permutation(10))
        .containsExactly(
            ints(values.get("randperm_10")).stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void passesOverTheRowsThatNobodyWants() {
    int[] some = {1, 4, 6};
    int columns = 257;
    double[][] all = new TorchRandom(3).uniform64(Purpose.TOKEN, whole(), columns);
    TorchRandom sparing = new TorchRandom(3);
    double[][] wanted = sparing.uniform64(Purpose.TOKEN, Rows.ofSequence(8, some), columns);
    for (int i = 0; i < some.length; i++) {
      assertThat(wanted[i]).containsExactly(all[some[i]]);
    }
    assertThat(sparing.draws()).containsExactly(2L * 8 * columns);
    int[] integers = new TorchRandom(3).integers(Purpose.START, whole(), columns);
    TorchRandom fewer = new TorchRandom(3);
    assertThat(fewer.integers(Purpose.START, Rows.ofSequence(8, some), columns))
        .containsExactly(integers[1], integers[4], integers[6]);
    assertThat(fewer.draws()).containsExactly(8);
  }

  @Test
  void goesOnFromAnyNumberOfDraws() {
    TorchRandom running = new TorchRandom(11);
    for (int step = 0; step < 40; step++) {
      TorchRandom resumed = new TorchRandom(11, running.draws()[0]);
      assertThat(resumed.uniform32(Purpose.ORDER, whole(), 5))
          .isDeepEqualTo(running.uniform32(Purpose.ORDER, whole(), 5));
      assertThat(resumed.uniform64(Purpose.TOKEN, whole(), 39))
          .isDeepEqualTo(running.uniform64(Purpose.TOKEN, whole(), 39));
      assertThat(resumed.draws()).isEqualTo(running.draws());
    }
  }

  @Test
  void aStreamGoesBackToWhereItIsTold() {
    RandomKind.Stream stream = RandomKind.TORCH.stream(5);
    float[][] first = stream.at(0, RandomKind.TORCH.start()).uniform32(Purpose.ORDER, whole(), 3);
    long[] draws = stream.at(1, new long[] {24}).draws();
    float[][] second = stream.at(1, draws).uniform32(Purpose.ORDER, whole(), 3);
    assertThat(stream.at(0, new long[] {0}).uniform32(Purpose.ORDER, whole(), 3))
        .isDeepEqualTo(first);
    assertThat(stream.at(1, new long[] {24}).uniform32(Purpose.ORDER, whole(), 3))
        .isDeepEqualTo(second);
  }

  private static Rows whole() {
    return Rows.ofSequence(8, IntStream.range(0, 8).toArray());
  }

  private static List<Integer> ints(JsonNode array) {
    return array.valueStream().map(JsonNode::asInt).toList();
  }
}
