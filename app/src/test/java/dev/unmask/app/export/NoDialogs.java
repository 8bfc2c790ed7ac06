package dev.unmask.app.export;

import java.nio.file.Path;
import java.util.Optional;

/** A person who would rather not choose any file. */
public class NoDialogs implements FileDialogs {
  @Override
  public Optional<Path> traceToOpen() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> traceToSave(Optional<Path> current) {
    return Optional.empty();
  }

  @Override
  public Optional<Path> exportSettings() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> samplerFile() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> modelFolder() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> export(ExportFormat format, String name) {
    return Optional.empty();
  }
}
