package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Problem;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A field's row, and below it what was wrong with it when a run was to start, with what helps. */
final class FieldProblem extends VBox {
  private final String field;
  private final Label sentence = Controls.label("", "error");
  private final RemedyButton remedy;
  private final HBox line;

  /**
   * Of a field.
   *
   * @param field by name
   */
  FieldProblem(String field, Node row, RemedyButton remedy) {
    this.field = field;
    this.remedy = remedy;
    sentence.setId("problem-" + field);
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    sentence.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(sentence, Priority.ALWAYS);
    remedy.getStyleClass().add("small");
    remedy.setId("remedy-" + field);
    line = new HBox(8, sentence, remedy);
    line.setAlignment(Pos.CENTER_LEFT);
    line.managedProperty().bind(line.visibleProperty());
    getChildren().addAll(row, line);
  }

  /** Shows a problem if it is about this field. */
  void show(Optional<Problem> problem) {
    Optional<Problem> mine = problem.filter(what -> what.field().equals(Optional.of(field)));
    sentence.setText(mine.map(Problem::sentence).orElse(""));
    remedy.show(mine);
    line.setVisible(mine.isPresent());
  }
}
