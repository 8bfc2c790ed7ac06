package dev.unmask.engine.trace;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.trace.RecordedImages.Batch;
import dev.unmask.engine.trace.RecordedImages.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /**
   * Whether a file is an image trace, finished or stopped: one that holds x and no tokens. One that
   * cannot be believed is none; what is wrong with it is said where it is opened.
   */
  public static boolean is(Path file) {
    if (!PartFile.is(file) && !(Files.isRegularFile(file) && SafetensorsFile.is(file))) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      Set<String> names = TraceTensors.in(file, arena).entries().keySet();
      return names.contains(X) && !names.contains("tokens");
    } catch (InputException _) {
      return false;
    }
  }

  /**
   * Opens a finished trace, or the steps so far of one whose run was stopped; its file stays open
   * until it is closed.
   *
   * @throws InputException if it cannot be believed
   */
  public static StoredImages open(Path file) {
    return TraceTensors.open(file, (tensors, release) -> read(file, tensors, release));
  }

  /**
   * Opens a trace whose file is mapped for as long as an arena lives; closing it does nothing.
   *
   * @throws InputException if it cannot be believed
   */
  public static StoredImages open(Path file, Arena arena) {
    return read(file, TraceTensors.in(file, arena), () -> {});
  }

  private static StoredImages read(Path file, TraceTensors tensors, Runnable release) {
    Entry x = tensors.entries().get(X);
    if (x == null) {
      throw HeaderJson.bad(file, "it has no tensor \"" + X + "\"");
    }
    BatchShape shape = shape(file, x);
    int steps = Math.toIntExact(x.shape()[0] - 1);
    ImageHeader header = ImageHeaderJson.read(file, tensors.metadata(), shape);
    Columns<Batch, Step> columns = columns(shape);
    columns
        .entries(steps)
        .forEach((name, wanted) -> check(file, tensors.entries().get(name), wanted));
    Columns<Batch, Step> found = columns.only(tensors.entries().keySet());
    Cells cells = tensors.cells().apply(found.rows());
    Set<String> told = new HashSet<>(found.rows().keySet());
    for (String name : List.of(PREDICTED, NOISE)) {
      if (PartFile.is(file)
          && told.contains(name)
          && IntStream.range(0, steps).anyMatch(s -> untold(cells, name, s))) {
        told.remove(name);
      }
    }
    return new StoredImages(header, tensors.cells().apply(found.only(told).rows()), steps, release);
  }

  /** A step of a stopped run that told nothing has a row of NaN. */
  private static boolean untold(Cells cells, String name, int step) {
    MemorySegment row = cells.row(name, step);
    for (long at = 0; at < row.byteSize(); at += Float.BYTES) {
      if (!Float.isNaN(row.get(StoredTrace.FLOAT, at))) {
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

  /** The tensors of a run of such batches; what a step does not tell is NaN. */
  static Columns<Batch, Step> columns(BatchShape shape) {
    long[] row = {shape.images(), shape.channels(), shape.height(), shape.width()};
    return new Columns<>(
        List.of(
            new Column<>(X, ElementType.F32, (to, b) -> Columns.putFloats(to, b.x()), row),
            new Column<>(TIME, ElementType.F64, (to, b) -> to.putDouble(b.time())),
            new Column<>(ALPHA, ElementType.F64, (to, b) -> to.putDouble(b.alpha())),
            new Column<>(SIGMA, ElementType.F64, (to, b) -> to.putDouble(b.sigma()))),
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

  /** Writes a trace beside its place, and then renames it. */
  public static void write(Path file, ImageTrace trace) {
    try (ImageRecorder recorder = ImageRecorder.create(file, trace)) {
      recorder.finish();
    }
  }
}
