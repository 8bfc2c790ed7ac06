package dev.unmask.app.workbench;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.remote.RemoteModel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Runs samplers on the engine's one thread. The model of the last run stays loaded for the next.
 */
public final class EngineRuns implements RunStarter, AutoCloseable {
  private final ModelFolders folders;
  private final RunFolder runs;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("engine").daemon().factory());
  private final ExecutorService images =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("images").daemon().factory());
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
  public Future<?> ask(String model, BiConsumer<Model, Alphabet> work, Consumer<String> problem) {
    return thread.submit(
        () -> {
          try {
            Model opened = model(model);
            work.accept(opened, loaded.alphabet);
          } catch (InputException e) {
            problem.accept(e.getMessage());
          }
        });
  }

  @Override
  public Run open(Path file) {
    var run = new RecordedRun(file);
    Thread.ofPlatform().name("reading").daemon().start(run::read);
    return run;
  }

  @Override
  public ImageWork images() {
    return new ImageWork(folders.images(), images);
  }

  /**
   * Ends what goes on, and waits for its step to end: the native libraries are taken down with the
   * program, and a step that is still in them would take it down first.
   */
  @Override
  public void close() {
    thread.shutdownNow();
    images.shutdownNow();
    thread.close();
    images.close();
  }

  /** The model of that name, folder or address; on the engine's thread. */
  private Model model(String name) {
    if (loaded == null || !loaded.name.equals(name)) {
      if (loaded != null) {
        loaded.model.close();
        loaded = null;
      }
      int threads = Runtime.getRuntime().availableProcessors();
      Model opened = RemoteModel.open(folders, name, threads);
      loaded = new Loaded(name, opened, Alphabet.of(opened, () -> folders.resolve(name)));
    }
    return loaded.model;
  }

  private record Loaded(String name, Model model, Alphabet alphabet) {}
}
