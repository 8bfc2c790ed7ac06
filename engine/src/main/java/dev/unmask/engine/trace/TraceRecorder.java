package dev.unmask.engine.trace;

import dev.unmask.engine.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Records a run: each step is appended to {@code NAME.part} as it happens, and finishing writes the
 * trace from that. Closing without finishing, or being killed, leaves the part with every step so
 * far.
 */
public final class TraceRecorder implements AutoCloseable {
  private final WholeFile file;
  private final TraceHeader header;
  private final Columns columns;
  private final PartFile part;
  private final Set<String> told = new HashSet<>();

  private TraceRecorder(WholeFile file, TraceHeader header, Columns columns, PartFile part) {
    this.file = file;
    this.header = header;
    this.columns = columns;
    this.part = part;
  }

  /**
   * Starts to record.
   *
   * @param file where the finished trace will be; an older one is replaced only then
   * @param candidates K, kept at every position
   * @throws dev.unmask.engine.InputException if nothing can be written there, or another run is
   *     being recorded there
   */
  public static TraceRecorder create(
      Path file, TraceHeader header, TokenState first, int candidates) {
    Columns columns = Columns.of(first, candidates);
    Path part = partOf(file);
    WholeFile place = WholeFile.claim(file);
    try {
      keepOlder(part);
      PartFile open = PartFile.create(part, header, columns, first);
      return new TraceRecorder(place, header, columns, open);
    } catch (IOException e) {
      place.close();
      throw WholeFile.cannotWrite(part, e);
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
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
  public void append(StepRecord step) {
    try {
      told.addAll(step.decision().grounds().columns());
      part.append(columns.stepRow(step), columns.stateRow(step.decision().next()));
    } catch (IOException e) {
      throw WholeFile.cannotWrite(part.path(), e);
    }
  }

  /** Writes the trace, renames it into its place and removes the part. */
  public void finish() {
    try {
      part.close();
      try (StoredTrace recorded = PartFile.open(part.path())) {
        TraceFile.write(file, header, recorded.cells(), recorded.steps(), columns.telling(told));
      }
      Files.delete(part.path());
    } catch (IOException e) {
      throw WholeFile.cannotWrite(file.place(), e);
    }
  }

  @Override
  public void close() {
    try (file) {
      part.close();
    } catch (IOException e) {
      throw WholeFile.cannotWrite(part.path(), e);
    }
  }
}
