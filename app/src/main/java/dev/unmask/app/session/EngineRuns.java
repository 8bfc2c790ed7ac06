package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.remote.RemoteModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Runs samplers on the engine's one thread, which they share step by step. The model of the last
 * run stays loaded for the next.
 */
public final class EngineRuns implements RunStarter, AutoCloseable {
  private final ModelFolders folders;
  private final RunFolder runs;
  private final AllowedSamplers samplers;
  private final ExecutorService thread = oneThread("engine");
  private final ExecutorService images = oneThread("images");
  private final List<EngineRun> started = new CopyOnWriteArrayList<>();
  private final List<Future<?>> asked = new CopyOnWriteArrayList<>();
  private final List<Loaded> loaded = new ArrayList<>();

  /** With the bundled models of a folder, recording to another. */
  public EngineRuns(ModelFolders folders, RunFolder runs, AllowedSamplers samplers) {
    this.folders = folders;
    this.runs = runs;
    this.samplers = samplers;
  }

  /** What is asked for after it was shut down is not done any more. */
  private static ExecutorService oneThread(String name) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        Thread.ofPlatform().name(name).daemon().factory(),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public Run start(Beginning beginning) {
    var run = new EngineRun(beginning, name -> model(name).model, runs::next, samplers, thread);
    started.removeIf(before -> !before.progress().phase().live());
    started.add(run);
    run.proceed();
    return run;
  }

  @Override
  public Future<?> ask(String model, BiConsumer<Model, Alphabet> work, Consumer<String> problem) {
    asked.removeIf(Future::isDone);
    Future<?> asking =
        Work.begin(
            thread,
            () -> {
              Loaded opened = model(model);
              work.accept(opened.model, opened.alphabet);
            },
            problem);
    asked.add(asking);
    return asking;
  }

  @Override
  public Run open(Path file) {
    var run = new RecordedRun(file, samplers);
    Thread.ofPlatform().name("reading").daemon().start(run::read);
    return run;
  }

  @Override
  public AllowedSamplers samplers() {
    return samplers;
  }

  @Override
  public ImageWork images() {
    return new ImageWork(folders.images(), images, runs);
  }

  /**
   * Ends what goes on, and waits for its step to end: the native libraries are taken down with the
   * program, and a step that is still in them would take it down first.
   */
  @Override
  public void close() {
    started.forEach(Run::cancel);
    asked.forEach(asking -> asking.cancel(true));
    images.shutdownNow();
    thread.close();
    images.close();
  }

  /** The model of that name, folder or address; on the engine's thread. */
  private Loaded model(String name) {
    return loaded.stream()
        .filter(known -> known.name.equals(name))
        .findFirst()
        .orElseGet(() -> load(name));
  }

  /** Models that no run computes with make room first. */
  private Loaded load(String name) {
    loaded.removeIf(
        known -> {
          boolean idle = started.stream().noneMatch(run -> run.uses(known.model));
          if (idle) {
            known.model.close();
          }
          return idle;
        });
    int threads = Runtime.getRuntime().availableProcessors();
    Model opened = RemoteModel.open(folders, name, threads);
    var now = new Loaded(name, opened, Alphabet.of(opened, () -> folders.resolve(name)));
    loaded.add(now);
    return now;
  }

  private record Loaded(String name, Model model, Alphabet alphabet) {}
}
