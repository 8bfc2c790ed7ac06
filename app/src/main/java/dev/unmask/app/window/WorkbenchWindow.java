package dev.unmask.app.window;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.unmask.app.Assets;
import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.corruption.CorruptionViewModel;
import dev.unmask.app.export.Exhibits;
import dev.unmask.app.export.ExportActions;
import dev.unmask.app.export.ExportViewModel;
import dev.unmask.app.families.FamiliesViewModel;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.picture.History;
import dev.unmask.app.playground.PlaygroundChoice;
import dev.unmask.app.playground.PlaygroundPage;
import dev.unmask.app.playground.PlaygroundViewModel;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Announcements.Announcement;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.app.tokens.BranchViewModel;
import dev.unmask.app.tokens.DebugActions;
import dev.unmask.app.tokens.Debugging;
import dev.unmask.app.tokens.FormHistory;
import dev.unmask.app.tokens.OwnSamplers;
import dev.unmask.app.tokens.RunActions;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.app.tokens.Tour;
import dev.unmask.app.tokens.timeline.TimelineZoom;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.trace.TraceKind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.TransferMode;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import javafx.util.Duration;

/** Puts the workbench into a stage and keeps it moving until the stage is closed. */
public final class WorkbenchWindow {
  private static final double NANOSECONDS = 1e9;
  private static final int TEXT = 13;

  private final Stage stage;
  private final Session session;
  private final RunViewModel form;
  private final Appearance appearance;
  private final RecentRuns recent;
  private final WindowState last;
  private final ExportViewModel export = new ExportViewModel();
  private final Announcements announcements;
  private final OwnSamplers own;
  private final Tour tour;
  private final Debugging debugging;
  private final Exhibits exhibits;
  private final SideColumns columns;
  private final ObjectProperty<PageRun> running = new SimpleObjectProperty<>(PageRun.none());
  private final WorkbenchView view;
  private String faultOfPulses = "";
  private final Executor painting =
      new ThreadPoolExecutor(0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), painters());

  /** In a stage that is not shown yet, as it was left. */
  WorkbenchWindow(
      Stage stage, Session session, RunViewModel form, RunFolder runs, WindowState last) {
    this.stage = stage;
    this.session = session;
    this.form = form;
    this.last = last;
    announcements = session.announcements();
    // The first picture need not wait for its fonts, which are read while the window is built.
    painting.execute(Typeface::readAll);
    appearance = new Appearance(last.dark() ? Theme.DARK : Theme.LIGHT);
    appearance.textSizeProperty().set(last.textSize());
    appearance.reducedMotionProperty().set(last.reducedMotion());
    appearance.obey(Platform.getPreferences().reducedMotionProperty());
    session.autoplayProperty().bind(appearance.reducedMotionProperty().not());
    session.debugger().breakpoints().restore(last.breakpoints());
    recent = new RecentRuns(runs, last.opened().stream().map(Path::of).toList());
    recent.follow(session);
    own =
        new OwnSamplers(
            session.samplers(),
            form,
            session::tell,
            () -> session.dismiss("sampler"::equals),
            compiler(),
            Platform::runLater,
            () -> session.start(form.request()));
    session.againProperty().subscribe(request -> request.ifPresent(this::takeOver));
    tour = new Tour(session, form);
    Executor reading = worker("branches");
    var list = new RunList(session, runs, reading);
    columns = new SideColumns(last.columns());
    debugging =
        new Debugging(
            new BranchViewModel(session, form),
            list,
            new ImagesViewModel(session, session.images()),
            new CompareViewModel(session, list, form.models(), reading));
    exhibits =
        new Exhibits(
            session,
            new CorruptionViewModel(session, Alphabet.LETTERS, worker("corruption")),
            debugging.images(),
            new PlaygroundViewModel(session, new PlaygroundChoice(), worker("playground")),
            new FamiliesViewModel(
                session,
                runs,
                Assets.trainings(),
                worker("training"),
                worker("asking"),
                worker("measuring")),
            new SimpleObjectProperty<>(PlaygroundPage.Tab.PARTICLES),
            debugging.compared());
    session
        .openedProperty(TraceKind.TRAININGS)
        .subscribe(file -> file.ifPresent(this::openTraining));
    for (Typeface typeface : Typeface.values()) {
      load(typeface);
    }
    view =
        new WorkbenchView(
            new WindowParts(
                session,
                form,
                export,
                exhibits,
                debugging,
                recent,
                appearance,
                actions(),
                columns,
                Conditions.of(session),
                painting),
            tour,
            running);
    view.setCanvasShare(last.canvasShare());
    appearance.themeProperty().addListener((observed, before, now) -> wear());
    appearance.textSizeProperty().addListener((observed, before, now) -> wear());
    wear();
  }

  private Actions actions() {
    Conditions when = Conditions.of(session);
    var dialogs = new WorkbenchDialogs(stage);
    return new Actions(
        new FileActions(
            session, session::open, form, own, recent, dialogs, announcements, when, stage::close),
        new RunActions(session, form, new FormHistory(form), running, debugging.runs(), when),
        new ExportActions(
            session, export, exhibits, dialogs, announcements, painting, worker("exporting"), when),
        new PlayActions(session, when, () -> view.takeNote()),
        new DebugActions(session, debugging, when),
        new ViewActions(
            session, new TimelineZoom(session), appearance, columns, () -> view.present(), when),
        new HelpActions(
            () -> view.search(),
            () -> view.listShortcuts(),
            tour,
            () -> view.readManual(),
            () -> view.tellAbout(),
            when));
  }

  /** Shows it in the size that it had. */
  void show() {
    var scene = new Scene(view, last.width(), last.height());
    scene.getStylesheets().add(stylesheet());
    scene.setOnDragOver(this::dragOver);
    scene.setOnDragDropped(this::drop);
    stage.setScene(scene);
    stage.setMaximized(last.maximized());
    // Esc leaves the presenter, and with it the full screen.
    stage.setFullScreenExitHint("");
    stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
    view.presentingProperty().subscribe(stage::setFullScreen);
    // People edit their samplers elsewhere and come back to try them.
    stage.focusedProperty().subscribe(own::refresh);
    AnimationTimer pulses = pulses();
    stage.setOnHidden(
        hidden -> {
          pulses.stop();
          session.cancelAll();
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
        double seconds = last == 0 ? 0 : (now - last) / NANOSECONDS;
        last = now;
        // The toolkit would only print a fault, and the window would stand still without a word.
        for (Runnable part : parts(seconds)) {
          Work.attempt(part, WorkbenchWindow.this::toldAtPulse);
        }
      }
    };
  }

  /** What is done at a pulse; where one part cannot be, the others are. */
  private List<Runnable> parts(double seconds) {
    return List.of(
        () -> session.pulse(seconds),
        tour::pulse,
        own::watch,
        view::refresh,
        this::name,
        () -> announcements.next().ifPresent(this::tell));
  }

  /** Once, for the next pulse may end the same way. */
  private void toldAtPulse(String sentence) {
    if (!faultOfPulses.equals(sentence)) {
      faultOfPulses = sentence;
      session.tell(sentence);
    }
  }

  /** The window is called after the run that it shows. */
  private void name() {
    List<String> line =
        debugging.runs().line().reversed().stream().map(debugging.runs()::name).toList();
    String title = line.isEmpty() ? "Unmask" : String.join(" · ", line) + " — Unmask";
    if (!title.equals(stage.getTitle())) {
      stage.setTitle(title);
    }
  }

  /** What can be acted upon stays for twice as long. */
  private void tell(Announcement said) {
    Duration shown =
        appearance.reducedMotionProperty().get() || said.file().isPresent()
            ? Duration.seconds(12)
            : Duration.seconds(6);
    view.tell(said, shown);
  }

  private void dragOver(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
    }
    event.consume();
  }

  /**
   * A folder is a model, a .java file a sampler, anything else a trace, or a sentence that says why
   * it is none.
   */
  private void drop(DragEvent event) {
    event.getDragboard().getFiles().stream().findFirst().map(File::toPath).ifPresent(this::take);
    event.setDropCompleted(true);
    event.consume();
  }

  void take(Path dropped) {
    if (Files.isDirectory(dropped)) {
      form.modelProperty().set(dropped.toString());
    } else if (dropped.toString().endsWith(OwnSamplers.EXTENSION)) {
      own.take(dropped);
    } else {
      session.open(dropped);
    }
  }

  /** Whether the pictures of a history are on the screen. */
  boolean shows(History history) {
    return view.shows(history);
  }

  /** The step whose picture is on the screen; 0 where there is none. */
  int stepShown() {
    return view.stepShown();
  }

  /** How it looks. */
  Appearance appearance() {
    return appearance;
  }

  /** Shows what there is to show now, as every pulse does. */
  void refresh() {
    view.refresh();
  }

  /** Closes it, as a person does. */
  void close() {
    stage.close();
  }

  /** The form asks for what a trace was made with. */
  private void takeOver(RunRequest request) {
    own.with(request.sampler(), () -> form.fill(request));
  }

  /** What the playground shows. */
  ObjectProperty<PlaygroundPage.Tab> playgroundTab() {
    return exhibits.tab();
  }

  private void openTraining(Path file) {
    exhibits.tab().set(PlaygroundPage.Tab.FAMILIES);
    session.pageProperty().set(PlaygroundPage.PAGE);
    exhibits.families().open(file);
  }

  /** Leads through the window. */
  void guide() {
    tour.start();
  }

  /** How it is now. */
  WindowState state() {
    return new WindowState(
        kept(last.width(), stage.getScene().getWidth()),
        kept(last.height(), stage.getScene().getHeight()),
        stage.isMaximized(),
        appearance.themeProperty().get().dark(),
        appearance.textSizeProperty().get(),
        appearance.choseReducedMotion(),
        view.canvasShare(),
        true,
        recent.opened().stream().map(Path::toString).toList(),
        session.debugger().breakpoints().kept(),
        columns.kept(),
        session
            .shownFileProperty()
            .get()
            .map(file -> new WindowState.Shown(file.toAbsolutePath().toString(), step()))
            .orElse(last.shown()));
  }

  private int step() {
    return session.playhead().stepProperty().get();
  }

  private double kept(double before, double now) {
    return stage.isMaximized() ? before : Math.max(WindowState.LEAST, now);
  }

  private void wear() {
    Theme theme = appearance.themeProperty().get();
    var base = theme.dark() ? new PrimerDark() : new PrimerLight();
    Application.setUserAgentStylesheet(base.getUserAgentStylesheet());
    double size = TEXT * appearance.textSizeProperty().get();
    view.setStyle(ThemeStyle.of(theme) + "-fx-font-size: %.1fpx;".formatted(size));
  }

  /** A thread for each file: people have few samplers, and seldom. */
  private static Executor compiler() {
    return task -> Thread.ofPlatform().name("compiling").daemon().start(task);
  }

  /** Does one thing after the other. */
  static Executor worker(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
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
