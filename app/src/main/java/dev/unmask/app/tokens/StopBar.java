package dev.unmask.app.tokens;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Debugger;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.Session;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Circle;

/** Where a run has stopped and why, and every way to go on from there. */
final class StopBar extends FlowPane {
  private static final double DOT = 5;

  private final Session session;
  private final Label sentence = Controls.label("", "sentence");

  StopBar(Session session, DebugActions actions, Action stop) {
    super(8, 6);
    this.session = session;
    getStyleClass().add("stop-bar");
    setId("stop-bar");
    setAlignment(Pos.CENTER_LEFT);
    sentence.setId("stopped");
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    var dot = new Circle(DOT);
    dot.getStyleClass().add("stop-dot");
    var told = new HBox(8, dot, sentence);
    told.setAlignment(Pos.CENTER_LEFT);
    Node goOn = way("Continue", actions.goOn);
    goOn.getStyleClass().add("run-button");
    getChildren()
        .addAll(
            told,
            goOn,
            way("Step", actions.step),
            way("Block's end", actions.stepOverBlock),
            way("To the token", actions.runToSelected),
            way("Stop", stop));
    managedProperty().bind(visibleProperty());
    setVisible(false);
  }

  private static Button way(String words, Action action) {
    Button button = Controls.button(action);
    button.setText(action.keys().isEmpty() ? words : words + "  " + action.keys());
    button.getStyleClass().add("small");
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  /** Says where it stands now; nothing where no run has stopped. */
  void refresh() {
    Debugger debugger = session.debugger();
    String told = debugger.toldProperty().get();
    boolean paused =
        session.progressProperty().get().filter(now -> now.phase() == Run.Phase.PAUSED).isPresent();
    setVisible(!told.isEmpty() || paused);
    sentence.setText(
        told.isEmpty()
            ? "The run waits after step %d.".formatted(session.playhead().headProperty().get())
            : told + debugger.place());
  }
}
