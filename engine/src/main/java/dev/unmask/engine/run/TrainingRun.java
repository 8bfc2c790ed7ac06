package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Segment;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A training. A step of the run is as many steps of training as lie between two of its states, and
 * is taken from the numbers of the state before it alone.
 */
public final class TrainingRun extends StepMachine<TrainingState, TrainingRecord>
    implements AutoCloseable {
  private final RunModel.Training model;
  private final RecordedTrace<TrainingState, TrainingRecord> trace;
  private Learner learner;

  private TrainingRun(
      RunModel.Training model,
      RecordedTrace<TrainingState, TrainingRecord> trace,
      Learner learner) {
    this.model = model;
    this.trace = trace;
    this.learner = learner;
  }

  /**
   * A new training.
   *
   * @param frames states that are recorded, but for the first; no more than steps
   */
  public static TrainingRun start(
      RunModel.Training model, String data, Settings settings, long seed, int steps, int frames) {
    int recorded = Math.min(steps, frames);
    var asked = new TraceHeader.Training(data, steps, recorded, List.of());
    Learner learner = model.learners().of(asked, settings, seed);
    TraceHeader header =
        new TraceHeader(
            model.identity(),
            new TraceHeader.Training(data, steps, recorded, learner.losses()),
            "",
            "philox",
            seed,
            List.of(new Segment(0, model.identity().name(), settings.byName(), List.of())),
            Optional.empty(),
            Optional.empty(),
            TraceHeader.WRITER);
    return new TrainingRun(
        model, new RecordedTrace<>(header, new TrainingState(0, learner.numbers())), learner);
  }

  /**
   * A run that repeats the first states of a trace and goes on from there as the trace did.
   *
   * @param steps how many of its steps are taken over
   * @throws InputException if the trace was made with another model, or does not say how
   */
  public static TrainingRun resume(
      RunModel.Training model, Trace<TrainingState, TrainingRecord> trace, int steps) {
    TraceHeader header = trace.header();
    if (!header.model().equals(model.identity())) {
      throw new InputException(
          "The trace is of the training of %s, and not of %s; start a new run."
              .formatted(header.model().name(), model.identity().name()));
    }
    int size = trace.state(steps).numbers().length;
    Learner learner = learner(model, header, steps);
    if (learner.size() != size || !learner.losses().equals(header.training().losses())) {
      learner.close();
      throw new InputException(
          "The training goes on from %d numbers, and %s with these settings has %d; leave alone what changes its size, or start a new run."
              .formatted(size, model.identity().name(), learner.size()));
    }
    var copy = new RecordedTrace<TrainingState, TrainingRecord>(header, trace.state(0));
    for (int step = 0; step < steps; step++) {
      copy.append(trace.step(step));
    }
    return new TrainingRun(model, copy, learner);
  }

  /** That learns in the step after so many. */
  private static Learner learner(RunModel.Training model, TraceHeader header, int step) {
    Segment segment =
        header
            .segmentAt(step)
            .orElseThrow(
                () ->
                    new InputException(
                        "The trace does not tell how the model was trained, so it cannot go on;"
                            + " start a new run."));
    Settings settings = Settings.of(model.settings(), segment.written());
    return model.learners().of(header.training(), settings, header.seedAt(step));
  }

  @Override
  RecordedTrace<TrainingState, TrainingRecord> recorded() {
    return trace;
  }

  @Override
  public boolean finished() {
    return trace.steps() == plannedSteps();
  }

  @Override
  public int plannedSteps() {
    return trace.header().training().frames();
  }

  private boolean beginsNow(Segment segment) {
    return segment.fromStep() > 0 && segment.fromStep() == trace.steps();
  }

  @Override
  TrainingRecord take(TrainingState state, StepTimes.Watch watch) {
    TraceHeader header = trace.header();
    long seed = header.seedAt(trace.steps());
    if (header.segmentAt(trace.steps()).filter(this::beginsNow).isPresent()) {
      learner.close();
      learner = learner(model, header, trace.steps());
    }
    int end = header.training().stepAt(trace.steps() + 1);
    learner.become(state.numbers());
    double[] sums = new double[learner.losses().size()];
    int[] asked = new int[sums.length];
    for (int step = state.step(); step < end; step++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted between steps of training");
      }
      float[] losses = learner.train(step, seed);
      for (int i = 0; i < sums.length; i++) {
        if (!Float.isNaN(losses[i])) {
          sums[i] += losses[i];
          asked[i]++;
        }
      }
    }
    watch.predicted();
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / asked[i]);
    }
    var record = new TrainingRecord(means, new TrainingState(end, learner.numbers()));
    watch.decided();
    return record;
  }

  @Override
  public void close() {
    learner.close();
  }
}
