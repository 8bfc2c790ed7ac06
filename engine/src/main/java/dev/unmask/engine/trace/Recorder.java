package dev.unmask.engine.trace;

import dev.unmask.engine.WholeFile;
import dev.unmask.engine.safetensors.Entry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Records a run: each step is appended to {@code NAME.part} as it happens, and finishing writes the
 * trace from that. Closing without finishing, or being killed, leaves the part with every step so
 * far. An interrupt of the run's thread disturbs nothing that is written.
 *
 * @param <B> a state
 * @param <S> a step
 */
public abstract sealed class Recorder<B, S> implements AutoCloseable
    permits TraceRecorder, ImageRecorder {
  private final WholeFile file;
  private final Map<String, String> metadata;
  private final Columns<B, S> columns;
  private final PartFile part;

  Recorder(Path file, Map<String, String> metadata, Columns<B, S> columns, B first) {
    this.metadata = metadata;
    this.columns = columns;
    this.file = undisturbed(file, () -> WholeFile.claim(file));
    try {
      this.part = undisturbed(partOf(file), () -> begin(partOf(file), first));
    } catch (RuntimeException e) {
      this.file.close();
      throw e;
    }
  }

  private PartFile begin(Path part, B first) throws IOException {
    keepOlder(part);
    return PartFile.create(part, metadata, columns, first);
  }

  /** Where the steps of a run lie while it goes on. */
  public static Path partOf(Path file) {
    return file.resolveSibling(file.getFileName() + PartFile.EXTENSION);
  }

  /** The part of a run that was stopped is not overwritten, for nothing recorded is ever lost. */
  private static void keepOlder(Path part) throws IOException {
    if (Files.exists(part)) {
      int number = 1;
      Path kept;
      do {
        String name = part.getFileName().toString();
        String stem = name.substring(0, name.length() - PartFile.EXTENSION.length());
        kept = part.resolveSibling(stem + "." + number++ + PartFile.EXTENSION);
      } while (Files.exists(kept));
      Files.move(part, kept);
    }
  }

  /** The state that a step leads to. */
  abstract B next(S step);

  /** The columns that the part has a place for and the finished trace has not. */
  abstract Set<String> untold();

  /** Adds the next step; once it returns, the step outlives this process. */
  public void append(S step) {
    undisturbed(
        part.path(),
        () -> {
          part.append(columns.stepRow(step), columns.stateRow(next(step)));
          return null;
        });
  }

  /** Writes the trace, renames it into its place and removes the part. */
  public void finish() {
    undisturbed(
        file.place(),
        () -> {
          part.close();
          try (Arena arena = Arena.ofShared()) {
            TraceTensors recorded = PartFile.open(part.path(), arena);
            Columns<B, S> whole = columns.without(untold());
            Cells cells = recorded.cells().apply(whole.rows());
            Entry states = recorded.entries().get(columns.ofState().getFirst().row().name());
            int steps = Math.toIntExact(states.shape()[0] - 1);
            TraceFile.write(file, metadata, cells, steps, whole);
          }
          Files.delete(part.path());
          return null;
        });
  }

  @Override
  public void close() {
    try (file) {
      part.close();
    } catch (IOException e) {
      throw WholeFile.cannotWrite(part.path(), e);
    }
  }

  /** An interrupt closes the files that its thread is writing to; so another thread writes. */
  private static <T> T undisturbed(Path file, Callable<T> writing) {
    var task = new FutureTask<>(writing);
    Thread.ofVirtual().name("recording").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case IOException cannot -> WholeFile.cannotWrite(file, cannot);
        case RuntimeException fault -> fault;
        default -> new IllegalStateException("a step was not recorded", e.getCause());
      };
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
