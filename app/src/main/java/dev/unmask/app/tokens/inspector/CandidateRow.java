package dev.unmask.app.tokens.inspector;

import dev.unmask.app.controls.Controls;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** One candidate with its probability; it is used again for others, for that is much faster. */
final class CandidateRow extends HBox {
  private static final double TOKEN_WIDTH = 92;
  private static final double BAR_WIDTH = 104;
  private static final double BAR_HEIGHT = 7;
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final Label token = Controls.label("", "candidate");
  private final Label figure = Controls.label("", "name");
  private final Region bar = new Region();

  CandidateRow() {
    super(10);
    setAlignment(Pos.CENTER_LEFT);
    token.setMinWidth(TOKEN_WIDTH);
    token.setPrefWidth(TOKEN_WIDTH);
    bar.getStyleClass().add("bar");
    bar.setManaged(false);
    var track = new Pane(bar);
    track.setMinSize(BAR_WIDTH, BAR_HEIGHT);
    track.setMaxSize(BAR_WIDTH, BAR_HEIGHT);
    getChildren().addAll(token, track, Controls.spring(), figure);
    managedProperty().bind(visibleProperty());
  }

  void show(Inspection.Candidate candidate) {
    token.setText(candidate.text());
    token.pseudoClassStateChanged(CHOSEN, candidate.chosen());
    figure.setText(candidate.figure());
    bar.resize(Math.max(2, candidate.probability() * BAR_WIDTH), BAR_HEIGHT);
    setVisible(true);
  }
}
