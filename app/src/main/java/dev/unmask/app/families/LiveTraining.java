package dev.unmask.app.families;

import dev.unmask.engine.families.Family;
import dev.unmask.engine.run.TrainingRun;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.TraceRecorder;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.nio.file.Path;
import java.util.Optional;

/** A training that goes on, and is recorded in a file; whatever ends it, that becomes a trace. */
final class LiveTraining implements AutoCloseable {
  private final Family family;
  private final TrainingRun run;
  private final TraceRecorder<TrainingState, TrainingRecord> recorder;
  private final Training begun;
  private long nanoseconds;

  private LiveTraining(
      Family family, TrainingRun run, TraceRecorder<TrainingState, TrainingRecord> recorder) {
    this.family = family;
    this.run = run;
    this.recorder = recorder;
    begun = Training.of(run.trace());
  }

  /** Begins one. */
  static LiveTraining start(Family family, String data, Settings settings, long seed, Path file) {
    var run =
        TrainingRun.start(family.model(1), data, settings, seed, family.steps(), Family.FRAMES);
    return new LiveTraining(family, run, TraceRecorder.create(file, run.trace()));
  }

  /** Trains up to the next state that is recorded, if there is one; whether there are more. */
  boolean step() {
    if (!run.finished()) {
      long start = System.nanoTime();
      recorder.append(run.step());
      nanoseconds += System.nanoTime() - start;
    }
    return !run.finished();
  }

  Family family() {
    return family;
  }

  /** As far as it is. */
  Training training() {
    return begun.grown(run.finished() ? Optional.of(nanoseconds / 1e9) : Optional.empty());
  }

  @Override
  public void close() {
    try (run;
        recorder) {
      recorder.finish();
    }
  }
}
