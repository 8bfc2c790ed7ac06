package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The tensors of a trace of images: {@link TraceKind#IMAGES}. */
record ImageRows() implements TraceRows<BatchState, ImageRecord> {
  private static final String X = "x";
  private static final String PREDICTED = "predicted_x0";
  private static final String NOISE = "predicted_noise";
  private static final String TIME = "time";
  private static final String ALPHA = "alpha";
  private static final String SIGMA = "sigma";
  private static final String EVALUATIONS = "evaluations";

  /** States, images, channels, lines, columns. */
  private static final int DIMENSIONS = 5;

  @Override
  public String states() {
    return X;
  }

  @Override
  public Columns<BatchState, ImageRecord> columns(Trace<BatchState, ImageRecord> trace) {
    return columns(trace.header().images().shape());
  }

  /** What a step does not tell is NaN. */
  private static Columns<BatchState, ImageRecord> columns(BatchShape shape) {
    long[] row = {shape.images(), shape.channels(), shape.height(), shape.width()};
    return new Columns<>(
        List.of(
            new Column<>(X, ElementType.F32, (to, s) -> Columns.putFloats(to, s.x()), row),
            new Column<>(TIME, ElementType.F64, (to, s) -> to.putDouble(s.time())),
            new Column<>(ALPHA, ElementType.F64, (to, s) -> to.putDouble(s.alpha())),
            new Column<>(SIGMA, ElementType.F64, (to, s) -> to.putDouble(s.sigma()))),
        List.of(
            new Column<>(PREDICTED, ElementType.F32, (to, s) -> put(to, s.predicted(), shape), row),
            new Column<>(NOISE, ElementType.F32, (to, s) -> put(to, s.noise(), shape), row),
            new Column<>(EVALUATIONS, ElementType.I32, (to, s) -> to.putInt(s.evaluations()))));
  }

  private static void put(ByteBuffer to, Optional<float[]> told, BatchShape shape) {
    Columns.putFloats(
        to,
        told.orElseGet(
            () -> {
              float[] untold = new float[shape.values()];
              Arrays.fill(untold, Float.NaN);
              return untold;
            }));
  }

  @Override
  public Set<String> optional() {
    return Set.of(PREDICTED, NOISE);
  }

  @Override
  public Set<String> told(ImageRecord step) {
    Set<String> told = new HashSet<>();
    step.predicted().ifPresent(_ -> told.add(PREDICTED));
    step.noise().ifPresent(_ -> told.add(NOISE));
    return told;
  }

  /** An image that is not there has no value that could stand for it. */
  @Override
  public Set<String> leftOut(Set<String> ever, Set<String> missed) {
    return missed;
  }

  @Override
  public Checked check(Path file, TraceTensors tensors) {
    Entry x = tensors.entries().get(X);
    if (x == null) {
      throw HeaderJson.bad(file, "it has no tensor \"" + X + "\"");
    }
    BatchShape shape = shape(file, x);
    int steps = Math.toIntExact(x.shape()[0] - 1);
    TraceHeader header = HeaderJson.images(file, tensors.metadata(), shape);
    Columns<BatchState, ImageRecord> columns = columns(shape);
    columns
        .entries(steps)
        .forEach((name, wanted) -> check(file, tensors.entries().get(name), wanted));
    Columns<BatchState, ImageRecord> found = columns.only(tensors.entries().keySet());
    Cells cells = tensors.cells().apply(found.rows());
    Set<String> untold = new HashSet<>();
    for (String name : optional()) {
      if (PartFile.is(file)
          && cells.rows().containsKey(name)
          && IntStream.range(0, steps).anyMatch(step -> isUntold(cells.row(name, step)))) {
        untold.add(name);
      }
    }
    return new Checked(header, steps, tensors.cells().apply(found.without(untold).rows()));
  }

  /** A step of a stopped run that told nothing has a row of NaN. */
  private static boolean isUntold(MemorySegment row) {
    for (long at = 0; at < row.byteSize(); at += Float.BYTES) {
      if (!Float.isNaN(row.get(Cells.FLOAT, at))) {
        return false;
      }
    }
    return true;
  }

  private static BatchShape shape(Path file, Entry x) {
    long[] shape = x.shape();
    boolean fits =
        x.type() == ElementType.F32
            && shape.length == DIMENSIONS
            && Arrays.stream(shape).allMatch(size -> size > 0 && size <= Integer.MAX_VALUE)
            && x.elements() / shape[0] <= Integer.MAX_VALUE;
    if (!fits) {
      throw HeaderJson.bad(
          file, "its x is %s and not F32 [states, images, channels, lines, columns]".formatted(x));
    }
    int[] sizes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    return new BatchShape(sizes[1], sizes[2], sizes[3], sizes[4]);
  }

  private static void check(Path file, Entry found, Entry wanted) {
    if (found != null && !found.equals(wanted)) {
      throw HeaderJson.bad(file, "it holds %s where %s is needed".formatted(found, wanted));
    }
  }

  @Override
  public BatchState state(TraceHeader header, Cells cells, int index) {
    return new BatchState(
        cells.row(X, index).toArray(Cells.FLOAT),
        number(cells, TIME, index),
        number(cells, ALPHA, index),
        number(cells, SIGMA, index));
  }

  @Override
  public ImageRecord step(TraceHeader header, Cells cells, int index) {
    return new ImageRecord(
        image(cells, PREDICTED, index),
        image(cells, NOISE, index),
        state(header, cells, index + 1),
        cells.read(EVALUATIONS, index, row -> row.get(Cells.INT, 0), -1));
  }

  private static double number(Cells cells, String name, int index) {
    return cells.read(name, index, row -> row.get(Cells.DOUBLE, 0), Double.NaN);
  }

  private static Optional<float[]> image(Cells cells, String name, int index) {
    return cells.read(name, index, row -> Optional.of(row.toArray(Cells.FLOAT)), Optional.empty());
  }
}
