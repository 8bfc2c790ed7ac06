package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.safetensors.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Image traces as safetensors: {@code x} float32 [S + 1, N, C, H, W] and {@code predicted_x0},
 * {@code predicted_noise} float32 [S, N, C, H, W], {@code time}, {@code alpha} and {@code sigma}
 * float64 [S + 1], {@code evaluations} int32 [S]. Only x is required.
 */
public final class ImageTraceFile {
  static final String X = "x";
  static final String PREDICTED = "predicted_x0";
  static final String NOISE = "predicted_noise";
  static final String TIME = "time";
  static final String ALPHA = "alpha";
  static final String SIGMA = "sigma";
  static final String EVALUATIONS = "evaluations";

  /** States, images, channels, lines, columns. */
  private static final int DIMENSIONS = 5;

  private ImageTraceFile() {}

  /** Whether a file is an image trace: safetensors that hold x and no tokens. */
  public static boolean is(Path file) {
    if (!Files.isRegularFile(file) || !SafetensorsFile.is(file)) {
      return false;
    }
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      return tensors.entries().containsKey(X) && !tensors.entries().containsKey("tokens");
    }
  }

  /**
   * Opens a trace; its file stays open until it is closed.
   *
   * @throws dev.unmask.engine.InputException if it cannot be believed
   */
  public static StoredImages open(Path file) {
    SafetensorsFile tensors = SafetensorsFile.open(file);
    try {
      BatchShape shape = shape(file, tensors.entry(X));
      int steps = Math.toIntExact(tensors.entry(X).shape()[0] - 1);
      ImageHeader header = ImageHeaderJson.read(file, tensors.metadata(), shape);
      check(file, tensors, PREDICTED, row(PREDICTED, steps, shape));
      check(file, tensors, NOISE, row(NOISE, steps, shape));
      for (String name : List.of(TIME, ALPHA, SIGMA)) {
        check(file, tensors, name, number(name, steps));
      }
      check(file, tensors, EVALUATIONS, new Entry(EVALUATIONS, ElementType.I32, steps));
      return new StoredImages(header, tensors, steps);
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
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

  private static void check(Path file, SafetensorsFile tensors, String name, Entry wanted) {
    Entry found = tensors.entries().get(name);
    if (found != null && !found.equals(wanted)) {
      throw HeaderJson.bad(file, "it holds %s where %s is needed".formatted(found, wanted));
    }
  }

  private static Entry row(String name, int rows, BatchShape shape) {
    return new Entry(
        name,
        ElementType.F32,
        rows,
        shape.images(),
        shape.channels(),
        shape.height(),
        shape.width());
  }

  /** Writes a trace beside its place, and then renames it. */
  public static void write(Path file, ImageTrace trace) {
    int steps = trace.steps();
    BatchShape shape = trace.header().shape();
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(row(X, steps + 1, shape), rows(steps + 1, trace::x));
    if (IntStream.range(0, steps).allMatch(step -> trace.predicted(step).isPresent())) {
      tensors.put(row(PREDICTED, steps, shape), rows(steps, s -> trace.predicted(s).get()));
    }
    if (IntStream.range(0, steps).allMatch(step -> trace.noise(step).isPresent())) {
      tensors.put(row(NOISE, steps, shape), rows(steps, s -> trace.noise(s).get()));
    }
    int[] evaluations = IntStream.range(0, steps).map(trace::evaluations).toArray();
    tensors.put(number(TIME, steps), numbers(steps, trace::time));
    tensors.put(number(ALPHA, steps), numbers(steps, trace::alpha));
    tensors.put(number(SIGMA, steps), numbers(steps, trace::sigma));
    tensors.put(
        new Entry(EVALUATIONS, ElementType.I32, steps), Source.of(new Values.I32(evaluations)));
    SafetensorsWriter.write(file, ImageHeaderJson.write(trace.header()), tensors);
  }

  private static Entry number(String name, int steps) {
    return new Entry(name, ElementType.F64, steps + 1);
  }

  private static Source numbers(int steps, IntToDoubleFunction ofState) {
    double[] numbers = IntStream.rangeClosed(0, steps).mapToDouble(ofState).toArray();
    return Source.of(new Values.F64(numbers));
  }

  private static Source rows(int count, IntFunction<float[]> row) {
    return sink -> {
      for (int i = 0; i < count; i++) {
        Source.of(row.apply(i)).writeTo(sink);
      }
    };
  }
}
