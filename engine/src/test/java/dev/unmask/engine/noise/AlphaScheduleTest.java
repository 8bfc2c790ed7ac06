package dev.unmask.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlphaScheduleTest {
  static Stream<AlphaSchedule> schedules() {
    return Stream.of(
        new AlphaSchedule.LogLinear(1e-3),
        new AlphaSchedule.Cosine(1e-3),
        new AlphaSchedule.MaskgitCosine(1e-3),
        new AlphaSchedule.Geometric(1e-4, 20));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void alphaFallsAsTheTotalNoiseRises(AlphaSchedule schedule) {
    double before = 1;
    for (double t = 0.01; t <= 1; t += 0.01) {
      assertThat(schedule.alpha(t)).isLessThan(before).isPositive();
      assertThat(schedule.alpha(t)).isCloseTo(Math.exp(-schedule.sigma(t)), within(1e-15));
      before = schedule.alpha(t);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void theRateIsTheSlopeOfTheTotalNoise(AlphaSchedule schedule) {
    double h = 1e-6;
    for (double t = 0.05; t < 1; t += 0.05) {
      double slope = (schedule.sigma(t + h) - schedule.sigma(t - h)) / (2 * h);
      assertThat(schedule.rate(t)).isCloseTo(slope, within(1e-5 * slope));
    }
  }

  @Test
  void startAndEndWhereTheirPapersSay() {
    assertThat(new AlphaSchedule.LogLinear(1e-3).sigma(0)).isZero();
    assertThat(new AlphaSchedule.LogLinear(1e-3).alpha(1)).isCloseTo(1e-3, within(1e-15));
    assertThat(new AlphaSchedule.LogLinear(1e-3).alpha(0.5)).isCloseTo(0.5005, within(1e-15));
    assertThat(new AlphaSchedule.Cosine(1e-3).sigma(0)).isZero();
    assertThat(new AlphaSchedule.Cosine(1e-3).alpha(1)).isCloseTo(1e-3, within(1e-15));
    assertThat(new AlphaSchedule.Cosine(0).alpha(2.0 / 3)).isCloseTo(0.5, within(1e-15));
    assertThat(new AlphaSchedule.MaskgitCosine(1e-3).sigma(0)).isZero();
    assertThat(new AlphaSchedule.MaskgitCosine(0).alpha(1.0 / 3)).isCloseTo(0.5, within(1e-15));
    assertThat(new AlphaSchedule.Geometric(1e-4, 20).sigma(0)).isCloseTo(1e-4, within(1e-18));
    assertThat(new AlphaSchedule.Geometric(1e-4, 20).sigma(1)).isCloseTo(20, within(1e-13));
    assertThat(new AlphaSchedule.Geometric(1e-4, 1).sigma(0.5)).isCloseTo(1e-2, within(1e-15));
  }
}
