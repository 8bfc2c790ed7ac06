package dev.unmask.engine.trace;

import java.util.Optional;

/** An image trace in a file, read a batch at a time. */
public final class StoredImages implements ImageTrace, AutoCloseable {
  private final ImageHeader header;
  private final Cells cells;
  private final int steps;
  private final Runnable release;

  /**
   * Of tensors that were checked.
   *
   * @param release frees the file
   */
  StoredImages(ImageHeader header, Cells cells, int steps, Runnable release) {
    this.header = header;
    this.cells = cells;
    this.steps = steps;
    this.release = release;
  }

  @Override
  public ImageHeader header() {
    return header;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public float[] x(int index) {
    return row(ImageTraceFile.X, index);
  }

  @Override
  public double time(int index) {
    return number(ImageTraceFile.TIME, index);
  }

  @Override
  public double alpha(int index) {
    return number(ImageTraceFile.ALPHA, index);
  }

  @Override
  public double sigma(int index) {
    return number(ImageTraceFile.SIGMA, index);
  }

  @Override
  public Optional<float[]> predicted(int step) {
    return optional(ImageTraceFile.PREDICTED, step);
  }

  @Override
  public Optional<float[]> noise(int step) {
    return optional(ImageTraceFile.NOISE, step);
  }

  @Override
  public int evaluations(int step) {
    return there(ImageTraceFile.EVALUATIONS)
        ? cells.row(ImageTraceFile.EVALUATIONS, step).get(StoredTrace.INT, 0)
        : -1;
  }

  private boolean there(String name) {
    return cells.rows().containsKey(name);
  }

  private double number(String name, int index) {
    return there(name) ? cells.row(name, index).get(StoredTrace.DOUBLE, 0) : Double.NaN;
  }

  private Optional<float[]> optional(String name, int index) {
    return there(name) ? Optional.of(row(name, index)) : Optional.empty();
  }

  private float[] row(String name, int index) {
    return cells.row(name, index).toArray(StoredTrace.FLOAT);
  }

  /** Lets go of the file; nothing may be read afterwards. */
  @Override
  public void close() {
    release.run();
  }
}
