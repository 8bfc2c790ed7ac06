package dev.unmask.engine.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.tensor.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossGradientsTest {
  private static final float H = 1e-2f;

  /** Steps until a critic is so steep that its slope is punished. */
  private static final int PLAYED = 60;

  /** Each family, and which of its learned matrices the sum of which losses depends on alone. */
  static Stream<Arguments> families() {
    return Stream.of(
        Arguments.of("autoregressive", Map.of(), List.of(0), 0),
        Arguments.of("flow", Map.of("layers", "3"), List.of(0), 0),
        Arguments.of("vae", Map.of(), List.of(0, 1), 0),
        Arguments.of("diffusion", Map.of(), List.of(0), 0),
        Arguments.of("discrete", Map.of(), List.of(0), 0),
        Arguments.of("discrete", Map.of("noise", "uniform"), List.of(0), 0),
        Arguments.of("score", Map.of(), List.of(0), 0),
        Arguments.of("flow-matching", Map.of(), List.of(0), 0),
        Arguments.of("consistency", Map.of(), List.of(0), 0));
  }

  /** The generator's six matrices stand before the discriminator's. */
  @ParameterizedTest
  @ValueSource(strings = {"vanilla", "wasserstein"})
  void theGradientsOfEitherPlayerOfAGameAreTheSlopesOfItsOwnLoss(String loss) {
    Map<String, String> settings = Map.of("loss", loss, "critic-steps", "1");
    check("gan", settings, List.of(1), 0, 6, PLAYED);
    check("gan", settings, List.of(0), 6, 12, PLAYED);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("families")
  void theGradientOfALossIsItsSlope(
      String family, Map<String, String> settings, List<Integer> losses, int first) {
    check(family, settings, losses, first, Integer.MAX_VALUE, 5);
  }

  private static void check(
      String family,
      Map<String, String> settings,
      List<Integer> losses,
      int first,
      int end,
      int before) {
    try (NetworkModel model = (NetworkModel) Trained.fresh(family, "ring", 100, settings)) {
      for (int step = 0; step < before; step++) {
        model.train(step, 1);
      }
      float[] numbers = model.numbers();
      model.train(before, 1);
      List<Parameter> learned = model.learned();
      for (int which = first; which < Math.min(end, learned.size()); which++) {
        Parameter parameter = learned.get(which);
        model.become(numbers);
        model.train(before, 1);
        float[] gradient = model.ops.read(parameter.gradient());
        for (int i = 0; i < gradient.length; i += Math.max(1, gradient.length / 3)) {
          double slope =
              (loss(model, numbers, parameter, i, H, losses, before)
                      - loss(model, numbers, parameter, i, -H, losses, before))
                  / (2 * H);
          assertThat(slope)
              .as("%s, value %d", parameter.name(), i)
              .isCloseTo(gradient[i], within(3e-3 + 0.03 * Math.abs(gradient[i])));
        }
      }
    }
  }

  private static double loss(
      NetworkModel model,
      float[] numbers,
      Parameter parameter,
      int at,
      float by,
      List<Integer> losses,
      int before) {
    model.become(numbers);
    float[] weight = model.ops.read(parameter.weight());
    weight[at] += by;
    model.ops.write(parameter.weight(), 0, weight);
    float[] told = model.train(before, 1);
    return losses.stream().mapToDouble(loss -> told[loss]).sum();
  }
}
