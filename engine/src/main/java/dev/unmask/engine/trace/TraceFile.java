package dev.unmask.engine.trace;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Trace files: safetensors with one row a state or a step. */
public final class TraceFile {
  /** What the names of traces end with. */
  public static final String EXTENSION = ".trace.safetensors";

  private static final String SUFFIX = ".safetensors";

  private TraceFile() {}

  /** Whether a file begins as a trace does, finished or stopped, or is named as one. */
  public static boolean is(Path file) {
    return PartFile.is(file)
        || file.toString().endsWith(SUFFIX)
        || Files.isRegularFile(file) && SafetensorsFile.is(file);
  }

  /**
   * Writes only some of a trace's tensors, those that are known of it.
   *
   * @param known names of tensors
   */
  public static <S, T extends StepRecord<S>> void write(
      Path file, Trace<S, T> trace, Set<String> known) {
    Columns<S, T> columns = TraceRows.of(trace).columns(trace).only(known);
    try (AtomicFile place = AtomicFile.claim(file)) {
      var cells = new Encoded<>(trace, columns);
      write(place, HeaderJson.write(trace.header()), cells, trace.steps(), columns);
    }
  }

  /** Writes a trace beside its place, and then renames it. */
  public static <S, T extends StepRecord<S>> void write(Path file, Trace<S, T> trace) {
    try (var recorder = TraceRecorder.create(file, trace)) {
      recorder.finish();
    }
  }

  /** Writes {@code steps} steps from wherever their rows lie. */
  static void write(
      AtomicFile file,
      Map<String, String> metadata,
      Cells cells,
      int steps,
      Columns<?, ?> columns) {
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    columns.ofState().forEach(column -> add(tensors, column, cells, steps + 1));
    columns.ofStep().forEach(column -> add(tensors, column, cells, steps));
    SafetensorsWriter.write(file, metadata, tensors);
  }

  private static void add(
      SequencedMap<Entry, Source> tensors, Column<?> column, Cells cells, int rows) {
    tensors.put(
        column.entry(rows),
        sink -> {
          for (int row = 0; row < rows; row++) {
            sink.put(cells.row(column.row().name(), row).asByteBuffer());
          }
        });
  }
}
