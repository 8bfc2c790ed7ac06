package dev.unmask.engine.trace;

import dev.unmask.engine.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
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
 * @param <S> a state
 * @param <T> a step
 */
public final class TraceRecorder<S, T extends StepRecord<S>> implements AutoCloseable {
  private final AtomicFile file;
  private final Map<String, String> metadata;
  private final TraceRows<S, T> rows;
  private final Columns<S, T> columns;
  private final PartFile part;
  private final Set<String> ever = new HashSet<>();
  private final Set<String> missed = new HashSet<>();

  private TraceRecorder(Path file, Trace<S, T> trace) {
    this.metadata = HeaderJson.write(trace.header());
    this.rows = TraceRows.of(trace);
    this.columns = rows.columns(trace);
    this.file = undisturbed(file, () -> AtomicFile.claim(file));
    try {
      this.part = undisturbed(partOf(file), () -> begin(partOf(file), trace.state(0)));
    } catch (RuntimeException e) {
      this.file.close();
      throw e;
    }
  }

  /**
   * Starts to record, with what there is of a trace.
   *
   * @param file where the finished trace will be; an older one is replaced only then
   * @throws dev.unmask.engine.InputException if nothing can be written there, or another run is
   *     being recorded there
   */
  public static <S, T extends StepRecord<S>> TraceRecorder<S, T> create(
      Path file, Trace<S, T> trace) {
    var recorder = new TraceRecorder<>(file, trace);
    try {
      int steps = trace.steps();
      for (int step = 0; step < steps; step++) {
        recorder.append(trace.step(step));
      }
      return recorder;
    } catch (RuntimeException e) {
      recorder.close();
      throw e;
    }
  }

  private PartFile begin(Path part, S first) throws IOException {
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

  /** Adds the next step; once it returns, the step outlives this process. */
  public void append(T step) {
    undisturbed(
        part.path(),
        () -> {
          part.append(columns.stepRow(step), columns.stateRow(step.next()));
          return null;
        });
    Set<String> told = rows.told(step);
    ever.addAll(told);
    rows.optional().stream().filter(column -> !told.contains(column)).forEach(missed::add);
  }

  /** Writes the trace, renames it into its place and removes the part. */
  public void finish() {
    undisturbed(
        file.place(),
        () -> {
          part.close();
          try (Arena arena = Arena.ofShared()) {
            TraceTensors recorded = PartFile.open(part.path(), arena);
            Columns<S, T> whole = columns.without(rows.leftOut(ever, missed));
            Cells cells = recorded.cells().apply(whole.rows());
            long states = recorded.entries().get(rows.states()).shape()[0];
            TraceFile.write(file, metadata, cells, Math.toIntExact(states - 1), whole);
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
      throw AtomicFile.cannotWrite(part.path(), e);
    }
  }

  /** An interrupt closes the files that its thread is writing to; so another thread writes. */
  private static <V> V undisturbed(Path file, Callable<V> writing) {
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
        case IOException cannot -> AtomicFile.cannotWrite(file, cannot);
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
