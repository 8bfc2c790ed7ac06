package dev.unmask.engine.trace;

import dev.unmask.engine.WholeFile;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import java.lang.foreign.MemorySegment;
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
    if (PartFile.is(file)) {
      return PartFile.open(file);
    }
    SafetensorsFile tensors = SafetensorsFile.open(file);
    try {
      return open(file, tensors);
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static StoredTrace open(Path file, SafetensorsFile tensors) {
    TraceCheck check = TraceCheck.of(file, tensors.metadata(), tensors.entries());
    Cells cells = new Mapped(tensors, check.rows(tensors.entries()));
    check.tokens(cells);
    return new StoredTrace(check.header(), cells, check.steps(), tensors::close);
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
    Columns columns = Columns.of(trace).only(known);
    try (WholeFile place = WholeFile.claim(file)) {
      write(place, trace.header(), new Encoded(trace, columns), trace.steps(), columns);
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
  static void write(WholeFile file, TraceHeader header, Cells cells, int steps, Columns columns) {
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    columns.ofState().forEach(column -> add(tensors, column, cells, steps + 1));
    columns.ofStep().forEach(column -> add(tensors, column, cells, steps));
    SafetensorsWriter.write(file, HeaderJson.write(header), tensors);
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

  /** The rows of a mapped file. */
  private record Mapped(SafetensorsFile tensors, Map<String, Entry> rows) implements Cells {
    @Override
    public MemorySegment row(String name, int index) {
      long bytes = rows.get(name).byteSize();
      return tensors.data(name).asSlice(index * bytes, bytes);
    }
  }
}
