package dev.unmask.app.window;

import dev.unmask.app.session.EngineRuns;
import dev.unmask.app.session.Fault;
import dev.unmask.app.session.Home;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import dev.unmask.app.theme.Typeface;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.checkpoint.NativeLibraries;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.sampler.Samplers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.effect.DropShadow;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;

/** The window, for a program that has a display and nothing else to do until it is closed. */
public final class Workbench {
  private static final System.Logger LOG = System.getLogger(Workbench.class.getName());
  private static final int SEEDS = 10_000;

  /** Seconds that a program that was told to end waits for the window's thread. */
  private static final int FAREWELL = 1;

  private final ModelFolders models;
  private final Home home;
  private final RunViewModel form;

  /**
   * On these bundled models.
   *
   * @param home the folder that is the window's own
   * @param example what the form is filled with
   */
  public Workbench(ModelFolders models, Home home, RunRequest example) {
    this.models = models;
    this.home = home;
    form =
        new RunViewModel(
            models.names(),
            this::training,
            Samplers.ALL,
            () -> ThreadLocalRandom.current().nextInt(SEEDS));
    form.fill(example);
  }

  private Optional<TrainedFor> training(String model) {
    try {
      return Optional.of(models.trainedFor(model));
    } catch (InputException _) {
      // What is wrong with it is said when it is run.
      return Optional.empty();
    }
  }

  /** What was looked at last comes back; where there is nothing, the example is run. */
  private void goOn(Session session, WindowState last) {
    last.shown()
        .file()
        .ifPresentOrElse(
            file -> session.open(file, last.shown().step()), () -> session.start(form.request()));
  }

  /** Shows the window as it was left, and returns when it is closed. */
  public void run() throws InterruptedException {
    show(this::goOn, true, _ -> {});
  }

  /**
   * Shows the window, starts the example, and closes the window again when a step is seen.
   *
   * @return when that was; empty where the window was closed before
   */
  public Optional<Instant> measure() throws InterruptedException {
    var seen = new CompletableFuture<Instant>();
    show((session, _) -> session.start(form.request()), false, window -> await(window, seen));
    return Optional.ofNullable(seen.getNow(null));
  }

  private static void await(WorkbenchWindow window, CompletableFuture<Instant> seen) {
    new AnimationTimer() {
      @Override
      public void handle(long now) {
        if (window.stepShown() > 0) {
          stop();
          seen.complete(Instant.now());
          window.close();
        }
      }
    }.start();
  }

  /** Shows the window on a trace, and returns when the window is closed. */
  public void open(Path file) throws InterruptedException {
    show((session, _) -> session.open(file), false, _ -> {});
  }

  void show(BiConsumer<Session, WindowState> first, boolean guided, Consumer<WorkbenchWindow> shown)
      throws InterruptedException {
    NativeLibraries.load();
    var closed = new CountDownLatch(1);
    // The engine starts to work before the toolkit does.
    List<String> told = new ArrayList<>();
    var runs = new EngineRuns(models, home.runs(), home.samplers(told::add));
    var session = new Session(runs);
    told.forEach(session.announcements()::say);
    WindowState last = WindowState.read(home.windowState(), session.announcements()::say);
    session.autoplayProperty().set(!last.reducedMotion());
    Fault.tellUncaught(session::tell);
    first.accept(session, last);
    // Both toolkits ask the system's font library, which crashes if two threads begin to at once.
    Typeface.readAll();
    var opening =
        new FutureTask<Void>(
            () -> {
              loadShadows();
              var stage = new Stage();
              var window = new WorkbenchWindow(stage, session, form, home.runs(), last);
              window.show();
              Runnable keep =
                  () -> window.state().write(home.windowState(), session.announcements()::say);
              stage.setOnHiding(hiding -> keep.run());
              Runtime.getRuntime()
                  .addShutdownHook(new Thread(() -> keepWhereItIsOpen(keep, closed)));
              stage.showingProperty().addListener((seen, before, now) -> closed.countDown());
              if (guided && !last.toured()) {
                window.guide();
              }
              shown.accept(window);
            },
            null);
    Platform.startup(opening);
    try {
      opening.get();
      closed.await();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the window cannot be opened: " + e.getCause(), e);
    } finally {
      runs.close();
    }
  }

  /**
   * The program was told to end: what closing the window does is done all the same. The toolkit
   * ends its own thread meanwhile, and what comes later is never run there; nobody else has the
   * window then, and it is done here.
   */
  private static void keepWhereItIsOpen(Runnable keep, CountDownLatch closed) {
    if (closed.getCount() == 0) {
      return;
    }
    var kept = new FutureTask<Void>(keep, null);
    Platform.runLater(kept);
    try {
      try {
        kept.get(FAREWELL, TimeUnit.SECONDS);
      } catch (TimeoutException _) {
        kept.run();
        kept.get(FAREWELL, TimeUnit.SECONDS);
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "the window's state cannot be kept", e);
    }
  }

  /** The renderer has a library for shadows, which would be loaded for the first that is shown. */
  private static void loadShadows() {
    var shadowed = new Rectangle(1, 1);
    shadowed.setEffect(new DropShadow());
    shadowed.snapshot(null, null);
  }
}
