package dev.unmask.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.engine.GoldenFiles;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetaScheduleTest {
  private static final double[] CLEAN = {0.2, 0.5, 0, 0.3};

  @Test
  void areThoseOfTheReference() throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(GoldenFiles.path("d3pm/matrices_K8_T5.json").toFile());
    assertThat(new BetaSchedule.Linear(50, 2000).betas(5))
        .containsExactly(betas(golden, "gaussian"), within(0.0));
    assertThat(new BetaSchedule.Cosine().betas(5))
        .containsExactly(betas(golden, "uniform"), within(1e-15));
    assertThat(new BetaSchedule.Reciprocal().betas(5))
        .containsExactly(betas(golden, "absorbing"), within(1e-15));
  }

  private static double[] betas(JsonNode golden, String kernel) {
    return golden.get(kernel).get("betas").valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  @Test
  void aSingleLinearStepIsTheFirst() {
    assertThat(new BetaSchedule.Linear(50, 2000).betas(1)).containsExactly(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 1000})
  void masksAreLostEvenlyByTheReciprocalSchedule(int steps) {
    DiscreteProcess process =
        DiscreteProcess.of(
            new RateKernel.Absorbing(Kernels.SIZE, 2), new BetaSchedule.Reciprocal().betas(steps));
    for (int t = 0; t <= steps; t++) {
      assertThat(process.marginal(0, t)[2]).isCloseTo((double) t / steps, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 100})
  void mutualInformationIsTheReciprocalScheduleForMasks(int steps) {
    assertThat(
            new BetaSchedule.MutualInformation(new RateKernel.Absorbing(Kernels.SIZE, 2), CLEAN)
                .betas(steps))
        .containsExactly(new BetaSchedule.Reciprocal().betas(steps), within(1e-11));
  }

  @ParameterizedTest
  @MethodSource("dev.unmask.engine.noise.Kernels#rates")
  void everyStepTakesTheSameInformation(RateKernel kernel) {
    int steps = 9;
    DiscreteProcess process =
        DiscreteProcess.of(kernel, new BetaSchedule.MutualInformation(kernel, CLEAN).betas(steps));
    double all = information(process, 0);
    for (int t = 0; t <= steps; t++) {
      assertThat(information(process, t)).isCloseTo(all * (steps - t) / steps, within(1e-12));
    }
  }

  @Test
  void aGraphInPiecesNeverForgetsThePiece() {
    int steps = 9;
    RateKernel kernel = NearestNeighbourKernel.of(Kernels.EMBEDDINGS, 1);
    DiscreteProcess process =
        DiscreteProcess.of(kernel, new BetaSchedule.MutualInformation(kernel, CLEAN).betas(steps));
    double all = information(process, 0);
    double piece = -0.7 * Math.log(0.7) - 0.3 * Math.log(0.3);
    for (int t = 0; t <= steps; t++) {
      assertThat(information(process, t))
          .isCloseTo(Math.max(piece, all * (steps - t) / steps), within(1e-12));
    }
  }

  /** Σ q(x_0, x_t) ln (q(x_t | x_0) / q(x_t)). */
  private static double information(DiscreteProcess process, int t) {
    double[] noisy =
        IntStream.range(0, Kernels.SIZE)
            .mapToDouble(
                to ->
                    IntStream.range(0, Kernels.SIZE)
                        .mapToDouble(from -> CLEAN[from] * process.marginal(from, t)[to])
                        .sum())
            .toArray();
    double sum = 0;
    for (int from = 0; from < Kernels.SIZE; from++) {
      double[] row = process.marginal(from, t);
      for (int to = 0; to < Kernels.SIZE; to++) {
        double joint = CLEAN[from] * row[to];
        sum += joint > 0 ? joint * Math.log(row[to] / noisy[to]) : 0;
      }
    }
    return sum;
  }
}
