package dev.unmask.app.window;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.control;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CHECKMARK;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CLOSE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CODE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.EXIT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.FOLDER;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.MODEL;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.RECENTLY_VIEWED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SAVE;

import dev.unmask.app.controls.Action;
import dev.unmask.app.export.FileDialogs;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.OwnSamplers;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.scene.input.KeyCode;

/** What is done with files, and with the window as a whole. */
final class FileActions {
  private final Session session;
  private final Consumer<Path> opener;
  private final RecentRuns recent;
  private final Conditions when;

  final Action open;
  final Action save;
  final Action model;
  final Action sampler;
  final Action allow;
  final Action leave;
  final Action quit;

  FileActions(
      Session session,
      Consumer<Path> opener,
      RunViewModel form,
      OwnSamplers own,
      RecentRuns recent,
      FileDialogs dialogs,
      Announcements announcements,
      Conditions when,
      Runnable close) {
    this.session = session;
    this.opener = opener;
    this.recent = recent;
    this.when = when;
    open =
        new Action(
            "Open a trace …",
            FOLDER,
            control(KeyCode.O),
            when.always(),
            () -> dialogs.traceToOpen().ifPresent(opener));
    save =
        new Action(
            "Save the trace as …",
            SAVE,
            control(KeyCode.S),
            when.shown(),
            () -> save(dialogs, announcements));
    model =
        new Action(
            "Take a model folder …",
            MODEL,
            NO_KEY,
            when.always(),
            () -> dialogs.modelFolder().map(Path::toString).ifPresent(form.modelProperty()::set));
    sampler =
        new Action(
            "Take a sampler of your own …",
            CODE,
            NO_KEY,
            when.always(),
            () -> dialogs.samplerFile().ifPresent(own::take));
    allow =
        new Action(
            "Allow the trace's sampler",
            CHECKMARK,
            NO_KEY,
            refused(session, SamplerRefusal::allowable),
            () ->
                session
                    .refusalProperty()
                    .get()
                    .ifPresent(refusal -> own.allow(refusal.sampler(), session::reread)));
    leave =
        new Action(
            "Not now", CLOSE, NO_KEY, refused(session, refusal -> true), session::leaveUnchecked);
    quit = new Action("Quit", EXIT, control(KeyCode.Q), when.always(), close);
  }

  private static BooleanExpression refused(Session session, Predicate<SamplerRefusal> kind) {
    return Bindings.createBooleanBinding(
        () -> session.refusalProperty().get().filter(kind).isPresent(), session.refusalProperty());
  }

  private void save(FileDialogs dialogs, Announcements announcements) {
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame ->
                dialogs
                    .traceToSave(session.file())
                    .ifPresent(target -> announcements.save(frame.trace(), target)));
  }

  /** An action that opens each of the runs that were looked at last. */
  List<Action> recent() {
    return recent.files().stream()
        .map(
            file ->
                new Action(
                    "Open " + RecentRuns.name(file),
                    RECENTLY_VIEWED,
                    NO_KEY,
                    when.always(),
                    () -> opener.accept(file)))
        .toList();
  }

  /** As the menu lists them, with a line between what belongs together. */
  List<List<Action>> sections() {
    return List.of(List.of(open, save), List.of(model, sampler), List.of(allow), List.of(quit));
  }
}
