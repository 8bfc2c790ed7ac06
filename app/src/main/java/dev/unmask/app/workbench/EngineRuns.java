package dev.unmask.app.workbench;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs samplers on the engine's one thread. The model of the last run stays loaded for the next.
 */
public final class EngineRuns implements RunStarter {
  private final ModelFolders folders;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("engine").daemon().factory());
  private Loaded loaded;

  /** With the bundled models of this folder. */
  public EngineRuns(ModelFolders folders) {
    this.folders = folders;
  }

  @Override
  public Run start(RunRequest request) {
    var run = new EngineRun(request, this::model);
    thread.execute(run.task());
    return run;
  }

  /** The model of that name or folder; on the engine's thread. */
  private Model model(String name) {
    Path folder = folders.resolve(name).toAbsolutePath();
    if (loaded == null || !loaded.folder.equals(folder)) {
      if (loaded != null) {
        loaded.model.close();
        loaded = null;
      }
      int threads = Runtime.getRuntime().availableProcessors();
      loaded = new Loaded(folder, Model.open(folder, threads));
    }
    return loaded.model;
  }

  private record Loaded(Path folder, Model model) {}
}
