package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.run.StepTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCostTest {
  private static final RunCost SLOW =
      new RunCost(
          4,
          3,
          8,
          "tokens",
          new StepTimes(60_000_000, 20_000_000, 10_000_000),
          0.01,
          0.04,
          0.16,
          0);
  private static final RunCost FAST =
      new RunCost(2, 2, 8, "tokens", new StepTimes(15_000_000, 0, 0), 0.005, 0.01, 0.03, 0);
  private static final RunCost STALLED =
      new RunCost(4, 3, 8, "tokens", new StepTimes(9_000_000_000L, 0, 0), 0, 9, 0.16, 0);

  @Test
  void tellsEachPartsShareOfTheMedianRun() {
    assertThat(RunCost.lines(List.of(SLOW, STALLED, SLOW)).lines().map(l -> l.split(" {2,}")))
        .containsExactly(
            new String[] {"ms a step", "25.000"},
            new String[] {"slowest step, ms", "40.000"},
            new String[] {"processor, ms a step", "40.000"},
            new String[] {"tokens a second", "80.0"},
            new String[] {"steps", "4"},
            new String[] {"NFE", "3"},
            new String[] {"denoiser, %", "60.0"},
            new String[] {"sampler, %", "20.0"},
            new String[] {"statistics, %", "10.0"},
            new String[] {"recording, %", "10.0"});
  }

  @Test
  void comparesTheSecondSettingWithTheFirst() {
    assertThat(RunCost.lines(List.of(SLOW), List.of(FAST)).lines().map(l -> l.split(" {2,}")))
        .contains(
            new String[] {"ms a step", "25.000", "10.000", "0.400"},
            new String[] {"tokens a second", "80.0", "400.0", "5.000"},
            new String[] {"denoiser, %", "60.0", "75.0", "1.250"});
  }

  @Test
  void tellsTheShareOfThePeakThatTheDenoiserReachedWhereItsProductsAreCounted() {
    var counted =
        new RunCost(
            4, 3, 8, "tokens", new StepTimes(60_000_000, 20_000_000, 0), 0.01, 0.04, 0.16, 0.03);
    assertThat(RunCost.lines(List.of(counted))).containsPattern("share of peak, % +50[.]0");
    assertThat(RunCost.lines(List.of(SLOW))).doesNotContain("peak");
  }
}
