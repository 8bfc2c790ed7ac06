package dev.unmask.app.export;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.controlShift;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.COPY;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.EXPORT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SETTINGS;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.STOP_FILLED_ALT;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;

/** What is done with pictures of what the window shows. */
public final class ExportActions {
  private final BooleanProperty underWay = new SimpleBooleanProperty();
  private final Work<ExportTask.Progress> exported = new Work<>();
  private final Session session;
  private final ExportViewModel form;
  private final Exhibits exhibits;
  private final FileDialogs dialogs;
  private final Announcements announcements;
  private final Executor exporting;
  private Page before;
  private Path out;

  final Action open;
  final Action export;
  final Action like;
  final Action cancel;
  final Action copy;

  /**
   * Of what a session shows.
   *
   * @param exhibits what there is to be exported
   * @param painting paints the picture that is copied
   * @param exporting exports, one after the other
   */
  public ExportActions(
      Session session,
      ExportViewModel form,
      Exhibits exhibits,
      FileDialogs dialogs,
      Announcements announcements,
      Executor painting,
      Executor exporting,
      Conditions when) {
    this.session = session;
    this.form = form;
    this.exhibits = exhibits;
    this.dialogs = dialogs;
    this.announcements = announcements;
    this.exporting = exporting;
    open =
        new Action("Export …", EXPORT, control(KeyCode.E), when.always(), this::open)
            .also("picture animation video gif png svg pdf figure look");
    export =
        new Action(
            "Export to a file …",
            EXPORT,
            controlShift(KeyCode.E),
            underWay
                .not()
                .and(
                    Bindings.createBooleanBinding(this::elsewhere, session.pageProperty())
                        .or(form.ready)),
            this::export);
    like =
        new Action(
            "Take the settings of an earlier export …",
            SETTINGS,
            NO_KEY,
            when.always(),
            () -> dialogs.exportSettings().ifPresent(this::fill));
    session
        .pageProperty()
        .addListener(
            (seen, last, now) -> {
              if (now == ExportPage.PAGE && last != null) {
                follow(last);
              }
            });
    cancel = new Action("Cancel the export", STOP_FILLED_ALT, NO_KEY, underWay, this::giveUp);
    copy =
        new Action(
            "Copy this frame", COPY, controlShift(KeyCode.C), when.always(), () -> copy(painting));
  }

  /** Whether another page is open than that of the export. */
  private boolean elsewhere() {
    return session.pageProperty().get() != ExportPage.PAGE;
  }

  /** Shows what would be exported of the page that is open. */
  private void open() {
    session.pageProperty().set(ExportPage.PAGE);
  }

  /** Sees to it that the form is of what a page shows. */
  private void follow(Page page) {
    before = page;
    Exhibit.Kind shown = exhibits.kind(page);
    form.follow(page, shown, exhibits.loop(shown));
    refresh();
  }

  /** Takes over what is shown now. */
  void refresh() {
    Optional<Exhibit> now = exhibits.now(form.kind.get(), form.view.get());
    if (!now.equals(form.exhibit.get())) {
      form.exhibit.set(now);
    }
  }

  /** Goes back to the page that the export was opened from. */
  void close() {
    if (before != null) {
      session.pageProperty().set(before);
    }
  }

  private void fill(Path file) {
    try {
      form.fill(ExportSettings.read(file));
      announcements.say("The settings are those of %s.".formatted(file.getFileName()));
    } catch (InputException e) {
      announcements.say(e.getMessage());
    }
  }

  /** Nothing is asked for a file before it was seen what comes into it. */
  private void export() {
    if (elsewhere()) {
      open();
      return;
    }
    refresh();
    Optional<ExportSettings> settings = form.valid();
    Optional<Exhibit> exhibit = form.exhibit.get();
    if (settings.isEmpty() || exhibit.isEmpty()) {
      return;
    }
    dialogs
        .export(form.format.get(), exhibit.get().name())
        .ifPresent(
            place -> {
              out = form.format.get().named(place);
              exported.start(exporting, new ExportTask(exhibit.get(), settings.get(), out));
              underWay.set(true);
            });
  }

  private void copy(Executor painting) {
    if (elsewhere()) {
      follow(session.pageProperty().get());
    }
    refresh();
    Optional<ExportSettings> settings = form.valid();
    Optional<Exhibit> exhibit = form.exhibit.get();
    if (settings.isEmpty() || exhibit.isEmpty()) {
      announcements.say(
          exhibit.isEmpty() ? "There is no picture to copy yet." : form.problem.get());
      return;
    }
    int step = exhibit.get().step();
    ExportSubject<?> subject = exhibit.get().subject(settings.get());
    painting.execute(
        () -> {
          Image picture = PaintedPane.image(subject.picture(step));
          Platform.runLater(
              () -> {
                var content = new ClipboardContent();
                content.putImage(picture);
                Clipboard.getSystemClipboard().setContent(content);
                announcements.say("Step " + step + " is in the clipboard.");
              });
        });
  }

  /** What it was doing just then may end in any way, which nobody asks for any more. */
  private void giveUp() {
    pulse();
    if (underWay.get()) {
      exported.cancel();
      underWay.set(false);
      announcements.say("The export was cancelled.");
    }
  }

  /** Tells what came of the export when it has ended; to be called every pulse. */
  public void pulse() {
    if (underWay.get() && !exported.goesOn()) {
      underWay.set(false);
      if (exported.problem().isEmpty()) {
        exported.current().ifPresent(done -> announcements.say(done.outcome(), out));
      } else {
        announcements.say(exported.problem());
      }
    }
  }

  /** How far the export is; empty before the first picture. */
  Optional<ExportTask.Progress> progress() {
    return exported.current();
  }

  /** What there is to be exported. */
  Exhibits exhibits() {
    return exhibits;
  }

  /** As the menu lists them, with a line between what belongs together. */
  public List<List<Action>> sections() {
    return List.of(List.of(open, export, cancel), List.of(copy, like));
  }
}
