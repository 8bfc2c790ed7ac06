package dev.unmask.app.session;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Sha256;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What recorded runs are; each file is read once. One thread reads. */
public final class RunShelf {
  private static final System.Logger LOG = System.getLogger(RunShelf.class.getName());

  private final Map<Path, RunSummary> read = new LinkedHashMap<>();
  private final Map<Path, String> hashes = new LinkedHashMap<>();

  /** The runs of these files, as far as they can be read. */
  public List<RunSummary> of(List<Path> files) {
    List<RunSummary> found = new ArrayList<>();
    for (Path file : files) {
      try {
        found.add(read.computeIfAbsent(file, RunShelf::open));
      } catch (InputException e) {
        LOG.log(System.Logger.Level.DEBUG, "no run of a list: " + file, e);
      }
    }
    return found;
  }

  private static RunSummary open(Path file) {
    if (TraceKind.IMAGES.is(file)) {
      try (var trace = TraceKind.IMAGES.open(file)) {
        return RunSummary.ofImages(file, trace);
      }
    }
    if (TraceKind.TRAININGS.is(file)) {
      try (var trace = TraceKind.TRAININGS.open(file)) {
        return RunSummary.ofTraining(file, trace);
      }
    }
    try (var trace = TraceKind.TOKENS.open(file)) {
      return RunSummary.ofTokens(file, trace);
    }
  }

  /**
   * The SHA-256 of a run's file; nothing where the file is gone by now, for nothing started there.
   */
  public String sha256(Path file) {
    String known = hashes.get(file);
    if (known == null) {
      known = hash(file);
      // A run that goes on has no file yet, and will have one.
      if (!known.isEmpty()) {
        hashes.put(file, known);
      }
    }
    return known;
  }

  private static String hash(Path file) {
    try {
      return Files.exists(file) ? Sha256.of(file) : "";
    } catch (InputException e) {
      LOG.log(System.Logger.Level.DEBUG, "no parent in a list: " + file, e);
      return "";
    }
  }
}
