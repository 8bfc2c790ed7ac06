package dev.unmask.app.workbench;

import dev.unmask.app.theme.Theme;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.Trace;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.event.EventHandler;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/** The window, for a program that has a display and nothing else to do until it is closed. */
public final class Workbench {
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;
  private static final int SEEDS = 10_000;

  private final ModelFolders models;
  private final RunForm form;

  /**
   * On these bundled models.
   *
   * @param example what the form is filled with
   */
  public Workbench(ModelFolders models, RunRequest example) {
    this.models = models;
    form =
        new RunForm(models.names(), Samplers.ALL, () -> ThreadLocalRandom.current().nextInt(SEEDS));
    form.fill(example);
  }

  /** Shows the window, starts the example, and returns when the window is closed. */
  public void run() throws InterruptedException {
    show(session -> session.start(form.request()));
  }

  /** Shows the window on a trace, and returns when the window is closed. */
  public void open(Trace trace) throws InterruptedException {
    RunRequest.of(trace).ifPresent(form::fill);
    show(session -> session.watch(RecordedRun.of(trace)));
  }

  private void show(Consumer<Session> first) throws InterruptedException {
    var closed = new CountDownLatch(1);
    // The engine starts to work before the toolkit does.
    var session = new Session(new EngineRuns(models));
    first.accept(session);
    Platform.startup(
        () -> {
          var stage = new Stage();
          new WorkbenchWindow(stage, session, form, new Appearance(Theme.DARK)).show(WIDTH, HEIGHT);
          EventHandler<WindowEvent> hidden = event -> closed.countDown();
          stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, hidden);
        });
    closed.await();
  }
}
