package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.Assets;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.families.PlaneFigures;
import dev.unmask.engine.families.PlaneModel;
import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.run.TrainingRun;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundledTrainingsTest {
  private static final long MOST_BYTES = 8L << 20;

  static Stream<Family> families() {
    return Families.ALL.stream();
  }

  private static Path file(Family family) {
    return Assets.trainings().resolve(family.name() + "-ring" + TraceFile.EXTENSION);
  }

  private static StoredTrace<TrainingState, TrainingRecord> open(Family family) {
    return TraceKind.TRAININGS.open(file(family));
  }

  /** As {@code unmask verify} does from the start. */
  @ParameterizedTest
  @MethodSource("families")
  void theLastFrameOfEachIsWhatTrainingMakesOfTheOneBefore(Family family) {
    try (var trace = open(family)) {
      assertThat(trace.header().seed()).isZero();
      assertThat(trace.header().training().steps()).isEqualTo(family.steps());
      int last = trace.steps();
      try (TrainingRun run = TrainingRun.resume(family.model(2), trace, last - 1)) {
        TrainingRecord came = run.step();
        assertThat(came.losses()).isEqualTo(trace.step(last - 1).losses());
        assertThat(came.next().numbers()).isEqualTo(trace.state(last).numbers());
        assertThat(run.finished()).isTrue();
      }
    }
  }

  @Test
  void theBundledGameLosesModesOfTheRingAndTheOthersFindAll() {
    for (String name : new String[] {"gan", "flow", "diffusion", "score", "consistency"}) {
      Family family = Families.named(name);
      try (var trace = open(family);
          PlaneModel model = family.model(trace.header(), trace.steps())) {
        model.become(trace.state(trace.steps()).numbers());
        int modes = PlaneFigures.of(model, DataSet.named("ring")).modes();
        assertThat(modes).as(name).isEqualTo(name.equals("gan") ? 2 : 8);
      }
    }
  }

  @Test
  void theyAreNotTooLargeToBeShipped() throws IOException {
    long bytes = 0;
    for (Family family : Families.ALL) {
      bytes += Files.size(file(family));
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }
}
