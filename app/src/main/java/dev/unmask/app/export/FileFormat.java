package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A format that is one file, which is whole or not there. */
abstract class FileFormat extends ExportFormat {
  FileFormat(String ending, String description) {
    super(ending, description);
  }

  @Override
  final void write(
      Export export, Path out, Manifest manifest, boolean kept, ExportProgress progress) {
    if (kept && Files.exists(out)) {
      return;
    }
    try (AtomicFile file = AtomicFile.claim(out)) {
      write(export, file, progress);
      AtomicFile.write(manifest(out, export.name()), bytes -> bytes.write(manifest.bytes()));
    }
  }

  /** Writes what the file holds. */
  abstract void write(Export export, AtomicFile file, ExportProgress progress);
}
