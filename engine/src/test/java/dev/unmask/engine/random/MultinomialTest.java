package dev.unmask.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.engine.GoldenFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultinomialTest {
  private static final Rows ONE = Rows.packed(new int[] {0});

  static Stream<JsonNode> exponentials() throws IOException {
    return recorded("exponential");
  }

  /** Draws with replacement of more than one are for no sampler. */
  static Stream<JsonNode> cases() throws IOException {
    return recorded("cases").filter(drawn -> !drawn.get("replacement").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("exponentials")
  void waitsAsTorchDoes(JsonNode recorded) {
    TorchRandom random = new TorchRandom(recorded.get("seed").asLong());
    int count = recorded.get("float64").size();
    double[] uniform = random.uniform64(Purpose.TOKEN, ONE, count)[0];
    for (int i = 0; i < count; i++) {
      double time = Multinomial.exponential(uniform[i]);
      double torch = recorded.get("float64").get(i).asDouble();
      assertThat(time).isCloseTo(torch, within(Math.ulp(torch)));
      assertThat((float) time).isEqualTo((float) recorded.get("float32").get(i).asDouble());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsTorchsIndices(JsonNode recorded) {
    TorchRandom random = new TorchRandom(recorded.get("seed").asLong());
    int rows = recorded.get("rows").asInt();
    double[][] weights =
        IntStream.range(0, rows)
            .mapToObj(row -> softmax(row, recorded.get("V").asInt()))
            .toArray(double[][]::new);
    assertThat(drawn(recorded, weights, random))
        .isDeepEqualTo(
            recorded.get("drawn").valueStream().map(MultinomialTest::ints).toArray(int[][]::new));
    assertThat(random.uniform32(Purpose.TOKEN, ONE, 1)[0][0])
        .isEqualTo((float) recorded.get("next_rand_float32").asDouble());
  }

  private static int[][] drawn(JsonNode recorded, double[][] weights, TorchRandom random) {
    int columns = weights[0].length;
    int samples = recorded.get("num_samples").asInt();
    if (samples > 1) {
      return Arrays.stream(singles(weights))
          .map(row -> Multinomial.positions(row, samples, Purpose.ORDER, random))
          .toArray(int[][]::new);
    }
    Rows rows = Rows.packed(IntStream.range(0, weights.length).toArray());
    int[] drawn =
        recorded.get("dtype").asText().equals("float64")
            ? Multinomial.draw(weights, columns, Purpose.TOKEN, rows, random)
            : Multinomial.draw(singles(weights), columns, Purpose.TOKEN, rows, random);
    return Arrays.stream(drawn).mapToObj(index -> new int[] {index}).toArray(int[][]::new);
  }

  @Test
  void takesANumberForEveryWeightOfEveryRow() {
    TorchRandom random = new TorchRandom(1);
    Rows second = new Rows(3, new int[] {1}, new int[] {8});
    float[][] weights = {{0, 0, 1, 0, 0}};
    assertThat(Multinomial.draw(weights, 5, Purpose.TOKEN, second, random)).containsExactly(2);
    assertThat(random.draws()).containsExactly(2 * 3 * 5);
    Multinomial.draw(new float[0][], 5, Purpose.TOKEN, Rows.packed(new int[0]), random);
    assertThat(random.draws()).containsExactly(2 * 3 * 5);
    assertThat(Multinomial.positions(new float[] {0, 2, 0, 0.5f}, 2, Purpose.ORDER, random))
        .containsExactlyInAnyOrder(1, 3);
    assertThat(random.draws()).containsExactly(2 * 3 * 5 + 2 * 4);
  }

  @Test
  void drawsColumnsInProportionToTheirWeights() {
    int[] positions = IntStream.range(0, 100_000).toArray();
    Rows rows = Rows.packed(positions);
    float[] weights = {3, 0, 1, 4};
    float[][] all = new float[positions.length][];
    Arrays.fill(all, weights);
    Philox random = new Philox(3, 1);
    int[] drawn = Multinomial.draw(all, 4, Purpose.TOKEN, rows, random);
    for (int column = 0; column < 4; column++) {
      int which = column;
      long count = Arrays.stream(drawn).filter(i -> i == which).count();
      assertThat(count / 1e5).isCloseTo(weights[column] / 8, within(0.006));
    }
    assertThat(Multinomial.categorical(all, 4, Purpose.TOKEN, rows, random)).isEqualTo(drawn);
  }

  @Test
  void givesAPositionTheSameColumnWhateverElseIsDrawn() {
    float[] weights = {0.2f, 0.1f, 0.3f, 0.2f, 0.1f, 0.3f, 0.2f};
    int[] some = {2, 5, 9};
    float[][] three = {weights, weights, weights};
    int[] among = Multinomial.draw(three, 7, Purpose.TOKEN, Rows.packed(some), new Philox(5, 0));
    for (int i = 0; i < some.length; i++) {
      Rows alone = Rows.packed(new int[] {some[i]});
      float[][] row = {weights};
      assertThat(Multinomial.draw(row, 7, Purpose.TOKEN, alone, new Philox(5, 0)))
          .containsExactly(among[i]);
    }
  }

  private static Stream<JsonNode> recorded(String field) throws IOException {
    return new ObjectMapper()
        .readTree(GoldenFiles.path("torch_multinomial.json").toFile())
        .get(field)
        .valueStream();
  }

  /** Of the logits that the cases were recorded with. */
  private static double[] softmax(int row, int columns) {
    double[] weights =
        IntStream.range(0, columns)
            .mapToDouble(column -> Math.exp((row * 7 + column * column * 5) % 11 / 2.0))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private static float[][] singles(double[][] weights) {
    float[][] singles = new float[weights.length][weights[0].length];
    for (int i = 0; i < singles.length; i++) {
      for (int j = 0; j < singles[i].length; j++) {
        singles[i][j] = (float) weights[i][j];
      }
    }
    return singles;
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }
}
