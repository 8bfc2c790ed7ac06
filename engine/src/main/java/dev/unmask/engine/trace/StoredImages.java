package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.Values;
import java.util.Arrays;
import java.util.Optional;

/** An image trace in a file, read a batch at a time. */
public final class StoredImages implements ImageTrace, AutoCloseable {
  private final ImageHeader header;
  private final SafetensorsFile tensors;
  private final int steps;
  private final double[] times;
  private final double[] alphas;
  private final double[] sigmas;
  private final int[] evaluations;

  /** Of tensors that were checked. */
  StoredImages(ImageHeader header, SafetensorsFile tensors, int steps) {
    this.header = header;
    this.tensors = tensors;
    this.steps = steps;
    times = numbers(tensors, ImageTraceFile.TIME, steps);
    alphas = numbers(tensors, ImageTraceFile.ALPHA, steps);
    sigmas = numbers(tensors, ImageTraceFile.SIGMA, steps);
    evaluations = evaluations(tensors, steps);
  }

  private static double[] numbers(SafetensorsFile tensors, String name, int steps) {
    if (tensors.entries().containsKey(name)
        && tensors.values(name) instanceof Values.F64(double[] known)) {
      return known;
    }
    double[] unknown = new double[steps + 1];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  private static int[] evaluations(SafetensorsFile tensors, int steps) {
    if (tensors.entries().containsKey(ImageTraceFile.EVALUATIONS)
        && tensors.values(ImageTraceFile.EVALUATIONS) instanceof Values.I32(int[] known)) {
      return known;
    }
    int[] unknown = new int[steps];
    Arrays.fill(unknown, -1);
    return unknown;
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
    return times[index];
  }

  @Override
  public double alpha(int index) {
    return alphas[index];
  }

  @Override
  public double sigma(int index) {
    return sigmas[index];
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
    return evaluations[step];
  }

  private Optional<float[]> optional(String name, int index) {
    return tensors.entries().containsKey(name) ? Optional.of(row(name, index)) : Optional.empty();
  }

  private float[] row(String name, int index) {
    int size = header.shape().values();
    return tensors.floats(name, (long) index * size, size);
  }

  /** Lets go of the file; nothing may be read afterwards. */
  @Override
  public void close() {
    tensors.close();
  }
}
