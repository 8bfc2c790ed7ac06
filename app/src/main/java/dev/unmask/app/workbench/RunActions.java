package dev.unmask.app.workbench;

import static dev.unmask.app.workbench.Action.NO_KEY;
import static dev.unmask.app.workbench.Action.control;
import static dev.unmask.app.workbench.Action.controlShift;
import static dev.unmask.app.workbench.Action.key;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PIN;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PLAY_OUTLINE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.REDO;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.RENEW;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.RESET;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.STOP_FILLED_ALT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.UNDO;

import java.util.List;
import javafx.scene.input.KeyCode;

/** What is done with runs and their settings. */
final class RunActions {
  final Action run;
  final Action newSeed;
  final Action cancel;
  final Action pin;
  final Action undo;
  final Action redo;
  final Action asShown;
  final FormChanges changes;

  RunActions(Session session, RunForm form, FormHistory history, Conditions when) {
    run =
        new Action(
            "Run",
            PLAY_OUTLINE,
            control(KeyCode.R),
            form.validProperty(),
            () -> session.start(form.request()));
    newSeed =
        new Action(
            "Run with a new seed",
            RENEW,
            key(KeyCode.N),
            form.validProperty(),
            () -> {
              form.newSeed();
              session.start(form.request());
            });
    cancel =
        new Action("Cancel", STOP_FILLED_ALT, key(KeyCode.ESCAPE), when.live(), session::cancel);
    pin =
        new Action(
            "Pin the token in the prompt",
            PIN,
            controlShift(KeyCode.P),
            when.selected(),
            () -> session.frameProperty().get().ifPresent(form::pin));
    undo =
        new Action("Undo a setting", UNDO, control(KeyCode.Z), history.undoable(), history::undo);
    changes = new FormChanges(session, form);
    asShown =
        new Action(
            "Settings of the run that is shown",
            RESET,
            NO_KEY,
            changes.anyProperty(),
            changes::takeBack);
    redo =
        new Action(
            "Redo a setting", REDO, controlShift(KeyCode.Z), history.redoable(), history::redo);
  }

  /** As the menu lists them. */
  List<Action> all() {
    return List.of(run, newSeed, cancel, pin, undo, redo, asShown);
  }
}
