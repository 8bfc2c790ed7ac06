package dev.unmask.engine.families;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SameBytesTest {
  static Stream<String> names() {
    return Families.ALL.stream().map(Family::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void oneThreadAndTwoAndThreeLearnAndDrawTheSame(String family) {
    int expected = 0;
    for (int threads = 1; threads <= 3; threads++) {
      try (PlaneModel model = Trained.fresh(family, "rings", 4, Map.of(), threads)) {
        float[] losses = {};
        for (int step = 0; step < 4; step++) {
          losses = model.train(step, 7);
        }
        int hash =
            Arrays.hashCode(
                new int[] {
                  Arrays.hashCode(losses),
                  Arrays.hashCode(model.numbers()),
                  Arrays.hashCode(model.samples(60, 2))
                });
        assertThat(threads == 1 ? hash : expected).isEqualTo(hash);
        expected = hash;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyFamilyShowsSomethingThatIsFinite(String family) {
    try (PlaneModel model = Trained.of(family, "swiss-roll", 3, Map.of())) {
      assertThat(model.layers(new Lattice(12, 3))).isNotEmpty().allMatch(SameBytesTest::finite);
      assertThat(model.samples(30, 1)).hasSize(60);
      assertThat(model.numbers()).hasSize(model.size());
      assertThat(model.parameters()).isPositive();
    }
  }

  private static boolean finite(PlaneLayer layer) {
    return switch (layer) {
      case PlaneLayer.Values(_, _, _, double[] values) ->
          Arrays.stream(values).allMatch(Double::isFinite);
      case PlaneLayer.Arrows(_, _, float[] arrows) -> finite(arrows);
      case PlaneLayer.Lines(_, float[][] lines) ->
          Arrays.stream(lines).allMatch(SameBytesTest::finite);
      case PlaneLayer.Latents(_, float[] points, float[] shown) -> finite(points) && finite(shown);
    };
  }

  private static boolean finite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
