package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.remote.RemoteModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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
  private final Set<Work<?>> asked = ConcurrentHashMap.newKeySet();
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
    started.removeIf(before -> !before.progress().phase().live());
    Optional<EngineRun> parent = beginning.origin().flatMap(this::live);
    var run =
        new EngineRun(beginning, parent, name -> model(name).model, runs::next, samplers, thread);
    parent.ifPresent(live -> live.goOn(_ -> Optional.empty()));
    started.add(run);
    run.proceed();
    return run;
  }

  private Optional<EngineRun> live(Path file) {
    return started.stream().filter(run -> run.file().equals(Optional.of(file))).findFirst();
  }

  @Override
  public <T> void ask(Work<T> work, String model, Question<T> question) {
    asked.removeIf(before -> !before.goesOn());
    asked.add(work);
    work.start(
        thread,
        tell -> {
          Loaded opened = model(model);
          question.ask(opened.model, opened.alphabet, tell);
        });
  }

  @Override
  public Run open(Path file) {
    var run = new RecordedRun(file, samplers);
    run.read(job -> Thread.ofPlatform().name("reading").daemon().start(job));
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
    asked.forEach(Work::cancel);
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
