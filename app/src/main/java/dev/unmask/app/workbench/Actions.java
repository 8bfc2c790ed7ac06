package dev.unmask.app.workbench;

import static org.kordamp.ikonli.carbonicons.CarbonIcons.ADD;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ASLEEP;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CHEVRON_LEFT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CHEVRON_RIGHT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.EXIT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PLAY_FILLED_ALT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PLAY_OUTLINE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.RENEW;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SKIP_BACK_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SKIP_FORWARD_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.STOP_FILLED_ALT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SUBTRACT;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** All that can be done in the window, declared once. */
public final class Actions {
  /** Starts a run with the form's settings. */
  public final Action run;

  /** Ends the run that goes on. */
  public final Action cancel;

  /** Takes another seed. */
  public final Action newSeed;

  /** Closes the window. */
  public final Action quit;

  /** To the start. */
  public final Action home;

  /** One step back. */
  public final Action back;

  /** Plays or pauses. */
  public final Action play;

  /** One step on. */
  public final Action forward;

  /** To the last step there is. */
  public final Action end;

  /** The next slower speed. */
  public final Action slower;

  /** The next faster speed. */
  public final Action faster;

  /** Between light and dark. */
  public final Action theme;

  /** On these. */
  public Actions(Session session, RunForm form, Appearance appearance, Runnable close) {
    Playhead playhead = session.playhead();
    BooleanExpression live = playhead.liveProperty();
    BooleanExpression shown =
        Bindings.createBooleanBinding(
            () -> session.frameProperty().get().isPresent(), session.frameProperty());
    BooleanExpression after = shown.and(playhead.stepProperty().greaterThan(0));
    BooleanExpression before = shown.and(playhead.stepProperty().lessThan(playhead.headProperty()));
    BooleanExpression always = Bindings.createBooleanBinding(() -> true);
    run =
        new Action(
            "Run",
            PLAY_OUTLINE,
            control(KeyCode.R),
            form.validProperty(),
            () -> session.start(form.request()));
    cancel = new Action("Cancel", STOP_FILLED_ALT, key(KeyCode.ESCAPE), live, session::cancel);
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
    quit = new Action("Quit", EXIT, control(KeyCode.Q), always, close);
    home = new Action("To the start", SKIP_BACK_FILLED, key(KeyCode.HOME), after, playhead::home);
    back = new Action("Step back", CHEVRON_LEFT, key(KeyCode.LEFT), after, playhead::back);
    play =
        new Action("Play or pause", PLAY_FILLED_ALT, key(KeyCode.SPACE), shown, playhead::toggle);
    forward =
        new Action("Step forward", CHEVRON_RIGHT, key(KeyCode.RIGHT), before, playhead::forward);
    end = new Action("To the end", SKIP_FORWARD_FILLED, key(KeyCode.END), before, playhead::end);
    slower = new Action("Slower", SUBTRACT, key(KeyCode.OPEN_BRACKET), always, playhead::slower);
    faster = new Action("Faster", ADD, key(KeyCode.CLOSE_BRACKET), always, playhead::faster);
    theme = new Action("Light or dark", ASLEEP, control(KeyCode.T), always, appearance::toggle);
  }

  /** As the menu bar groups them. */
  public List<Group> groups() {
    return List.of(
        new Group("File", List.of(quit)),
        new Group("Run", List.of(run, newSeed, cancel)),
        new Group("Play", List.of(home, back, play, forward, end, slower, faster)),
        new Group("View", List.of(theme)));
  }

  /** A menu. */
  public record Group(String name, List<Action> actions) {}

  private static KeyCombination key(KeyCode code) {
    return new KeyCodeCombination(code);
  }

  private static KeyCombination control(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }
}
