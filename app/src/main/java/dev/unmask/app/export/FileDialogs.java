package dev.unmask.app.export;

import java.nio.file.Path;
import java.util.Optional;

/** Asks a person for files; empty if they would rather not. */
public interface FileDialogs {
  /** A trace, or the part of one whose run was stopped. */
  Optional<Path> traceToOpen();

  /**
   * Where a trace is to go.
   *
   * @param current where it lies now
   */
  Optional<Path> traceToSave(Optional<Path> current);

  /** What stands beside an earlier export. */
  Optional<Path> exportSettings();

  /** A .java file with a sampler. */
  Optional<Path> samplerFile();

  /** A folder with a model in it. */
  Optional<Path> modelFolder();

  /**
   * Where an export is to go.
   *
   * @param name of the trace
   */
  Optional<Path> export(ExportFormat format, String name);
}
