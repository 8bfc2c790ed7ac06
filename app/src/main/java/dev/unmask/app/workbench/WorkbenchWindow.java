package dev.unmask.app.workbench;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.stage.Stage;

/** Puts the workbench into a stage and keeps it moving until the stage is closed. */
public final class WorkbenchWindow {
  private static final double NANOSECONDS = 1e9;

  private final Stage stage;
  private final Session session;
  private final Appearance appearance;
  private final WorkbenchView view;
  private final Executor painting =
      new ThreadPoolExecutor(0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), painters());

  /** In a stage that is not shown yet. */
  public WorkbenchWindow(Stage stage, Session session, RunForm form, Appearance appearance) {
    this.stage = stage;
    this.session = session;
    this.appearance = appearance;
    // The first picture need not wait for its fonts, which are read while the window is built.
    painting.execute(Typeface::readAll);
    var actions = new Actions(session, form, appearance, stage::close);
    for (Typeface typeface : Typeface.values()) {
      load(typeface);
    }
    view = new WorkbenchView(session, form, appearance, actions, painting);
    stage.setTitle("Unmask");
    appearance.themeProperty().addListener((observed, before, now) -> wear(now));
    wear(appearance.themeProperty().get());
  }

  /** Shows it in this size. */
  public void show(double width, double height) {
    var scene = new Scene(view, width, height);
    scene.getStylesheets().add(stylesheet());
    stage.setScene(scene);
    AnimationTimer pulses = pulses();
    stage.setOnHidden(
        hidden -> {
          pulses.stop();
          session.cancel();
        });
    stage.show();
    // Not the form: there the shortcuts would be typed.
    view.requestFocus();
    pulses.start();
  }

  private AnimationTimer pulses() {
    return new AnimationTimer() {
      private long last;

      @Override
      public void handle(long now) {
        session.pulse(last == 0 ? 0 : (now - last) / NANOSECONDS);
        last = now;
        view.refresh();
      }
    };
  }

  private void wear(Theme theme) {
    var base = theme.dark() ? new PrimerDark() : new PrimerLight();
    Application.setUserAgentStylesheet(base.getUserAgentStylesheet());
    view.setStyle(Palette.of(theme));
  }

  private static ThreadFactory painters() {
    return Thread.ofPlatform().name("painting").daemon().factory();
  }

  private static String stylesheet() {
    return Objects.requireNonNull(WorkbenchWindow.class.getResource("workbench.css"))
        .toExternalForm();
  }

  private static void load(Typeface typeface) {
    try (InputStream in = typeface.open()) {
      Font.loadFont(in, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
