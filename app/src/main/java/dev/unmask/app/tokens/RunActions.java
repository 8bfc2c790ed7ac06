package dev.unmask.app.tokens;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.controlShift;
import static dev.unmask.app.controls.Action.key;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PIN;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PLAY_OUTLINE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.REDO;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.RENEW;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.RESET;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.STOP_FILLED_ALT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.UNDO;

import dev.unmask.app.controls.Action;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.Session;
import java.util.List;
import javafx.scene.input.KeyCode;

/** What is done with runs and their settings. */
public final class RunActions {
  public final Action run;
  final Action newSeed;
  final Action cancel;
  final Action pin;
  final Action undo;
  final Action redo;
  final Action asShown;
  final FormChanges changes;

  public RunActions(Session session, RunViewModel form, FormHistory history, Conditions when) {
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
  public List<Action> all() {
    return List.of(run, newSeed, cancel, pin, undo, redo, asShown);
  }
}
