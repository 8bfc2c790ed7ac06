package dev.unmask.app.compare;

import dev.unmask.app.picture.History;
import dev.unmask.engine.InputException;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs in files, read again only when they changed. One thread reads. */
final class RecordedHistories {
  private final SamplerPermission samplers;
  private Map<Path, Version> known = new LinkedHashMap<>();
  private volatile boolean growing;

  /**
   * Of no files yet.
   *
   * @param samplers those of people's own that may be run
   */
  RecordedHistories(SamplerPermission samplers) {
    this.samplers = samplers;
  }

  private record Version(FileTime changed, long size, History history) {}

  /**
   * What is in these files; of a run that goes on, what is recorded by now. Others are forgotten.
   *
   * @throws InputException if one cannot be read
   */
  List<History> of(List<Path> files) {
    Map<Path, Version> now = new LinkedHashMap<>();
    List<History> histories = new ArrayList<>();
    for (Path file : files) {
      Version version = read(file);
      now.put(file, version);
      histories.add(version.history);
    }
    known = now;
    growing = files.stream().anyMatch(file -> !Files.exists(file));
    return histories;
  }

  /** Whether a run that was read last went on then, so that there may be more by now. */
  boolean growing() {
    return growing;
  }

  private Version read(Path file) {
    Path part = TraceRecorder.partOf(file);
    Path there = !Files.exists(file) && Files.exists(part) ? part : file;
    try {
      FileTime changed = Files.getLastModifiedTime(there);
      long size = Files.size(there);
      Version before = known.get(file);
      return before != null && before.changed.equals(changed) && before.size == size
          ? before
          : new Version(
              changed, size, History.of(Conversion.open(there, Arena.ofAuto()), samplers));
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); choose another run.".formatted(file, e.getMessage()), e);
    }
  }
}
