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
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.Session;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCode;

/** What is done with runs and their settings. */
public final class RunActions {
  private static final ObservableBooleanValue NEVER = new SimpleBooleanProperty();

  public final Action run;
  public final Action newSeed;
  public final Action cancel;
  final Action pin;
  final Action undo;
  final Action redo;
  final Action asShown;
  final Action bringBack;
  final FormChanges changes;

  /**
   * Of a session.
   *
   * @param page what the page that is open starts
   */
  public RunActions(
      Session session,
      RunViewModel form,
      FormHistory history,
      ObservableValue<PageRun> page,
      RunList runs,
      Conditions when) {
    run =
        new Action(
                "Run",
                PLAY_OUTLINE,
                control(KeyCode.R),
                flag(page, PageRun::ready),
                () -> page.getValue().start().run())
            .also("start generate sample");
    newSeed =
        new Action(
                "Run with a new seed",
                RENEW,
                key(KeyCode.N),
                flag(page, now -> now.anew().isPresent() ? now.ready() : NEVER),
                () -> page.getValue().anew().ifPresent(Runnable::run))
            .also("again random");
    cancel =
        new Action(
                "Cancel",
                STOP_FILLED_ALT,
                key(KeyCode.ESCAPE),
                flag(page, PageRun::live),
                () -> page.getValue().cancel().run())
            .also("stop abort");
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
    bringBack =
        new Action(
            "Bring back the run that was taken out",
            UNDO,
            NO_KEY,
            runs.removedProperty(),
            runs::undoRemoval);
    redo =
        new Action(
            "Redo a setting", REDO, controlShift(KeyCode.Z), history.redoable(), history::redo);
  }

  private static BooleanExpression flag(
      ObservableValue<PageRun> page, Function<PageRun, ObservableBooleanValue> which) {
    return BooleanExpression.booleanExpression(page.flatMap(which));
  }

  /** As the menu lists them, with a line between what belongs together. */
  public List<List<Action>> sections() {
    return List.of(
        List.of(run, newSeed, cancel), List.of(pin, asShown), List.of(undo, redo, bringBack));
  }
}
