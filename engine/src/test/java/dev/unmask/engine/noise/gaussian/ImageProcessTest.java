package dev.unmask.engine.noise.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageProcessTest {
  static Stream<ImageProcess> processes() {
    return Stream.of(
        ImageProcess.VpLinear.USUAL,
        new ImageProcess.VpCosine(),
        new ImageProcess.SubVp(ImageProcess.VpLinear.USUAL),
        new ImageProcess.Ve(0.01, 50),
        new ImageProcess.Flow());
  }

  @ParameterizedTest
  @MethodSource("processes")
  void theSignalFadesInTheNoise(ImageProcess process) {
    double before = process.signalToNoise(0);
    assertThat(before).isGreaterThan(1e3);
    for (double t = 0.1; t < 1.01; t += 0.1) {
      double now = process.signalToNoise(Math.min(t, 1));
      assertThat(now).isLessThan(before);
      before = now;
    }
    assertThat(before).isLessThan(1e-3);
  }

  @Test
  void preservingKeepsTheVarianceAndSubPreservingStaysBelow() {
    ImageProcess linear = ImageProcess.VpLinear.USUAL;
    ImageProcess below = new ImageProcess.SubVp(ImageProcess.VpLinear.USUAL);
    for (double t = 0; t <= 1; t += 0.25) {
      assertThat(Math.hypot(linear.alpha(t), linear.sigma(t))).isCloseTo(1, within(1e-12));
      assertThat(below.sigma(t)).isCloseTo(linear.sigma(t) * linear.sigma(t), within(1e-12));
    }
    assertThat(linear.alpha(1)).isCloseTo(Math.exp(-5.025), within(1e-12));
  }

  @Test
  void ddpmIsTheLinearProcessInSteps() {
    TrainingNoise steps = TrainingNoise.linear(1e-4, 0.02, 1000);
    for (int t = 99; t < 1000; t += 100) {
      double continuous = ImageProcess.VpLinear.USUAL.alpha((t + 1) / 1000.0);
      assertThat(Math.sqrt(steps.alphaBar()[t])).isCloseTo(continuous, within(2e-3));
    }
  }
}
