package dev.unmask.app.export;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.controlShift;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.COPY;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.EXPORT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.IMAGE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SETTINGS;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.STOP_FILLED_ALT;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;

/** What is done with pictures of a run. */
public final class ExportActions {
  private final BooleanProperty underWay = new SimpleBooleanProperty();
  private final Work<ExportTask.Progress> exported = new Work<>();
  private final CompareViewModel compared;
  private final Announcements announcements;

  final Action look;
  final Action export;
  final Action like;
  final Action cancel;
  final Action copy;

  /**
   * Of what a session shows.
   *
   * @param compared what it is compared with
   * @param painting paints the picture that is copied
   * @param exporting exports, one after the other
   */
  public ExportActions(
      Session session,
      ExportViewModel form,
      CompareViewModel compared,
      FileDialogs dialogs,
      Announcements announcements,
      Executor painting,
      Executor exporting,
      Conditions when) {
    this.compared = compared;
    this.announcements = announcements;
    var possible = when.shown().and(form.problem.isEmpty()).and(underWay.not());
    look =
        new Action(
            "Look at what would be exported",
            IMAGE,
            control(KeyCode.E),
            when.always(),
            () -> session.pageProperty().set(ExportPage.PAGE));
    export =
        new Action(
            "Export …",
            EXPORT,
            controlShift(KeyCode.E),
            possible,
            () -> export(session, form, dialogs, exporting));
    like =
        new Action(
            "Take the settings of an earlier export …",
            SETTINGS,
            NO_KEY,
            when.always(),
            () -> dialogs.exportSettings().ifPresent(file -> fill(form, file, announcements)));
    cancel = new Action("Cancel the export", STOP_FILLED_ALT, NO_KEY, underWay, this::giveUp);
    copy =
        new Action(
            "Copy this frame",
            COPY,
            controlShift(KeyCode.C),
            when.shown().and(form.problem.isEmpty()),
            () -> copy(session, form, painting, announcements));
  }

  private static void fill(ExportViewModel form, Path file, Announcements announcements) {
    try {
      form.fill(ExportSettings.read(file));
      announcements.say("The settings are those of %s.".formatted(file.getFileName()));
    } catch (InputException e) {
      announcements.say(e.getMessage());
    }
  }

  private void export(
      Session session, ExportViewModel form, FileDialogs dialogs, Executor exporting) {
    Frame frame = session.frameProperty().get().orElseThrow();
    ExportSettings settings = form.valid().orElseThrow();
    String name = session.file().map(RecentRuns::name).orElse("run");
    dialogs
        .export(form.format.get(), name)
        .ifPresent(
            out -> {
              exported.start(
                  exporting,
                  new ExportTask(
                      frame.history(),
                      frame.step(),
                      pair(settings),
                      session.file(),
                      settings,
                      out));
              underWay.set(true);
            });
  }

  private void copy(
      Session session, ExportViewModel form, Executor painting, Announcements announcements) {
    Frame frame = session.frameProperty().get().orElseThrow();
    ExportSettings settings = form.valid().orElseThrow();
    var painter = new FramePainter(settings, pair(settings));
    painting.execute(
        () -> {
          Image picture = PaintedPane.image(painter.picture(frame));
          Platform.runLater(
              () -> {
                var content = new ClipboardContent();
                content.putImage(picture);
                Clipboard.getSystemClipboard().setContent(content);
                announcements.say("Step " + frame.step() + " is in the clipboard.");
              });
        });
  }

  /** The run and what it is compared with, where settings show that and there is something. */
  Optional<RunPair> pair(ExportSettings settings) {
    if (settings.view() != ExportView.COMPARISON) {
      return Optional.empty();
    }
    compared.pulse();
    return compared.pairProperty().get();
  }

  /** What it was doing just then may end in any way, which nobody asks for any more. */
  private void giveUp() {
    pulse();
    if (underWay.get()) {
      exported.cancel();
      ended("The export was cancelled.");
    }
  }

  private void ended(String sentence) {
    underWay.set(false);
    announcements.say(sentence);
  }

  /** Tells what came of the export when it has ended; to be called every pulse. */
  public void pulse() {
    if (underWay.get() && !exported.goesOn()) {
      ended(outcome());
    }
  }

  private String outcome() {
    return exported.problem().isEmpty()
        ? exported.current().map(ExportTask.Progress::outcome).orElse("")
        : exported.problem();
  }

  /** How far the export is; empty before the first picture. */
  Optional<ExportTask.Progress> progress() {
    return exported.current();
  }

  /** As the menu lists them, with a line between what belongs together. */
  public List<List<Action>> sections() {
    return List.of(List.of(look, export, cancel), List.of(copy, like));
  }
}
