package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The tensors of a trace of a training: {@link TraceKind#TRAININGS}. */
record TrainingRows() implements TraceRows<TrainingState, TrainingRecord> {
  private static final String NUMBERS = "learner";
  private static final String STEP = "training_step";
  private static final String LOSSES = "losses";

  @Override
  public String states() {
    return NUMBERS;
  }

  @Override
  public Columns<TrainingState, TrainingRecord> columns(
      Trace<TrainingState, TrainingRecord> trace) {
    return columns(trace.state(0).numbers().length, trace.header().training().losses().size());
  }

  private static Columns<TrainingState, TrainingRecord> columns(int numbers, int losses) {
    return new Columns<>(
        List.of(
            new Column<>(
                NUMBERS, ElementType.F32, (to, s) -> Columns.putFloats(to, s.numbers()), numbers),
            new Column<>(STEP, ElementType.I32, (to, s) -> to.putInt(s.step()))),
        List.of(
            new Column<>(
                LOSSES, ElementType.F32, (to, s) -> Columns.putFloats(to, s.losses()), losses)));
  }

  @Override
  public Set<String> optional() {
    return Set.of();
  }

  @Override
  public Set<String> told(TrainingRecord step) {
    return Set.of();
  }

  @Override
  public Set<String> leftOut(Set<String> ever, Set<String> missed) {
    return Set.of();
  }

  @Override
  public Checked check(Path file, TraceTensors tensors) {
    Entry numbers = tensors.entries().get(NUMBERS);
    if (numbers == null) {
      throw HeaderJson.bad(file, "it has no tensor \"" + NUMBERS + "\"");
    }
    long[] shape = numbers.shape();
    if (shape.length != 2 || shape[0] < 1 || shape[1] < 1 || shape[1] > Integer.MAX_VALUE) {
      throw HeaderJson.bad(
          file, "its %s is %s and not F32 [states, numbers]".formatted(NUMBERS, numbers));
    }
    TraceHeader header = HeaderJson.training(file, tensors.metadata());
    long states = shape[0] - 1;
    if (states > header.training().frames()) {
      throw HeaderJson.bad(
          file,
          "it holds %d states of a training of %d".formatted(states, header.training().frames()));
    }
    int steps = Math.toIntExact(states);
    Columns<TrainingState, TrainingRecord> columns =
        columns((int) shape[1], header.training().losses().size());
    columns
        .entries(steps)
        .forEach(
            (name, wanted) -> {
              Entry found = tensors.entries().get(name);
              if (!wanted.equals(found)) {
                throw HeaderJson.bad(
                    file, "it holds %s where %s is needed".formatted(found, wanted));
              }
            });
    Cells cells = tensors.cells().apply(columns.rows());
    checkSteps(file, header, cells, steps);
    return new Checked(header, steps, cells);
  }

  private void checkSteps(Path file, TraceHeader header, Cells cells, int steps) {
    int before = 0;
    for (int index = 0; index <= steps; index++) {
      int step = cells.row(STEP, index).get(Cells.INT, 0);
      if (index == 0 ? step != 0 : step <= before || step > header.training().steps()) {
        throw HeaderJson.bad(file, "its state %d is of training step %d".formatted(index, step));
      }
      before = step;
    }
  }

  @Override
  public TrainingState state(TraceHeader header, Cells cells, int index) {
    return new TrainingState(
        cells.row(STEP, index).get(Cells.INT, 0), cells.row(NUMBERS, index).toArray(Cells.FLOAT));
  }

  @Override
  public TrainingRecord step(TraceHeader header, Cells cells, int index) {
    return new TrainingRecord(
        cells.row(LOSSES, index).toArray(Cells.FLOAT), state(header, cells, index + 1));
  }
}
