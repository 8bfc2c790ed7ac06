package dev.unmask.engine.trace;

import dev.unmask.engine.WholeFile;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import java.lang.foreign.Arena;
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

  /** What the names of the tensors begin with that hold a sampler's memory. */
  static final String MEMORY = "memory.";

  private TraceFile() {}

  /**
   * Opens a finished trace, or the steps so far of one whose run was stopped ({@code NAME.part}).
   * Only the tokens are required.
   *
   * @throws dev.unmask.engine.InputException if it cannot be believed
   */
  public static StoredTrace open(Path file) {
    return TraceTensors.open(file, (tensors, release) -> read(file, tensors, release));
  }

  /**
   * Opens a trace whose file is mapped for as long as an arena lives; closing it does nothing.
   *
   * @throws dev.unmask.engine.InputException if it cannot be believed
   */
  public static StoredTrace open(Path file, Arena arena) {
    return read(file, TraceTensors.in(file, arena), () -> {});
  }

  private static StoredTrace read(Path file, TraceTensors tensors, Runnable release) {
    TraceCheck check = TraceCheck.of(file, tensors.metadata(), tensors.entries());
    Cells cells = tensors.cells().apply(check.rows(tensors.entries()));
    check.tokens(cells);
    return new StoredTrace(check.header(), cells, check.steps(), release);
  }

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
  public static void write(Path file, Trace trace, Set<String> known) {
    Columns<TokenState, StepRecord> columns = Columns.of(trace).only(known);
    try (WholeFile place = WholeFile.claim(file)) {
      var cells = new Encoded(trace, columns);
      write(place, HeaderJson.write(trace.header()), cells, trace.steps(), columns);
    }
  }

  /** Writes a trace beside its place, and then renames it. */
  public static void write(Path file, Trace trace) {
    try (TraceRecorder recorder =
        TraceRecorder.create(file, trace.header(), trace.state(0), Columns.candidates(trace))) {
      for (int step = 0; step < trace.steps(); step++) {
        recorder.append(trace.step(step));
      }
      recorder.finish();
    }
  }

  /** Writes {@code steps} steps from wherever their rows lie. */
  static void write(
      WholeFile file, Map<String, String> metadata, Cells cells, int steps, Columns<?, ?> columns) {
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
