package dev.unmask.app.workbench;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.remote.RemoteModel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs samplers on the engine's one thread. The model of the last run stays loaded for the next.
 */
public final class EngineRuns implements RunStarter {
  private final ModelFolders folders;
  private final RunFolder runs;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("engine").daemon().factory());
  private Loaded loaded;

  /** With the bundled models of a folder, recording to another. */
  public EngineRuns(ModelFolders folders, RunFolder runs) {
    this.folders = folders;
    this.runs = runs;
  }

  @Override
  public Run start(Beginning beginning) {
    var run = new EngineRun(beginning, this::model, runs::next);
    thread.execute(run.task());
    return run;
  }

  @Override
  public Run open(Path file) {
    var run = new RecordedRun(file);
    Thread.ofPlatform().name("reading").daemon().start(run::read);
    return run;
  }

  /** The model of that name, folder or address; on the engine's thread. */
  private Model model(String name) {
    if (loaded == null || !loaded.name.equals(name)) {
      if (loaded != null) {
        loaded.model.close();
        loaded = null;
      }
      int threads = Runtime.getRuntime().availableProcessors();
      loaded = new Loaded(name, RemoteModel.open(folders, name, threads));
    }
    return loaded.model;
  }

  private record Loaded(String name, Model model) {}
}
