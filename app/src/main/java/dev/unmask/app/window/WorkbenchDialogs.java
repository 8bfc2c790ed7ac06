package dev.unmask.app.window;

import dev.unmask.app.export.ExportFormat;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.FileDialogs;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.tokens.OwnSamplers;
import dev.unmask.engine.trace.TraceFile;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** The system's own dialogs. */
final class WorkbenchDialogs implements FileDialogs {
  private final Window owner;

  WorkbenchDialogs(Window owner) {
    this.owner = owner;
  }

  @Override
  public Optional<Path> traceToOpen() {
    return path(traces("Open a trace").showOpenDialog(owner));
  }

  @Override
  public Optional<Path> traceToSave(Optional<Path> current) {
    FileChooser chooser = traces("Save the trace as");
    chooser.setInitialFileName(current.map(RecentRuns::name).orElse("run") + TraceFile.EXTENSION);
    return path(chooser.showSaveDialog(owner));
  }

  @Override
  public Optional<Path> exportSettings() {
    var chooser = new FileChooser();
    chooser.setTitle("Settings of an earlier export");
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter("Settings", "*" + ExportSettings.EXTENSION));
    return path(chooser.showOpenDialog(owner));
  }

  @Override
  public Optional<Path> samplerFile() {
    var chooser = new FileChooser();
    chooser.setTitle("A sampler of your own");
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter("Java", "*" + OwnSamplers.EXTENSION));
    return path(chooser.showOpenDialog(owner));
  }

  @Override
  public Optional<Path> modelFolder() {
    var chooser = new DirectoryChooser();
    chooser.setTitle("A folder with a model's config.json");
    return path(chooser.showDialog(owner));
  }

  @Override
  public Optional<Path> export(ExportFormat format, String name) {
    if (format.ending().isEmpty()) {
      var chooser = new DirectoryChooser();
      chooser.setTitle("A folder for the pictures");
      return path(chooser.showDialog(owner));
    }
    var chooser = new FileChooser();
    chooser.setTitle("Export as");
    chooser.setInitialFileName(name + format.ending());
    return path(chooser.showSaveDialog(owner));
  }

  private static FileChooser traces(String title) {
    var chooser = new FileChooser();
    chooser.setTitle(title);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter("Traces", "*" + TraceFile.EXTENSION, "*.part"),
            new FileChooser.ExtensionFilter("All files", "*"));
    return chooser;
  }

  private static Optional<Path> path(File chosen) {
    return Optional.ofNullable(chosen).map(File::toPath);
  }
}
