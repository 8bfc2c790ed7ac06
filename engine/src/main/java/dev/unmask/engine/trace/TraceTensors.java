package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * The tensors of a trace's file, finished or stopped, before any of them is believed.
 *
 * @param entries by name, with a row for each state or step
 * @param cells the rows of those tensors that are believed, by the shapes of their rows
 */
record TraceTensors(
    Map<String, String> metadata,
    Map<String, Entry> entries,
    Function<Map<String, Entry>, Cells> cells) {

  /** Makes something of a file's tensors. */
  @FunctionalInterface
  interface Reader<T> {
    /**
     * Checks them.
     *
     * @param release lets go of the file
     */
    T read(TraceTensors tensors, Runnable release);
  }

  /** Reads a file that is mapped until it is let go. */
  static <T> T open(Path file, Reader<T> reader) {
    Arena arena = Arena.ofShared();
    try {
      return reader.read(in(file, arena), () -> close(arena));
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static void close(Arena arena) {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /** The tensors of a file that is mapped for as long as an arena lives. */
  static TraceTensors in(Path file, Arena arena) {
    if (PartFile.is(file)) {
      return PartFile.open(file, arena);
    }
    SafetensorsFile tensors = SafetensorsFile.open(file, arena);
    return new TraceTensors(
        tensors.metadata(), tensors.entries(), rows -> new Mapped(tensors, rows));
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
