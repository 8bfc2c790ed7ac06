package dev.unmask.app.controls;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A row for a field, with the sentence that says what is wrong below it. */
public final class FieldRow extends VBox {
  /**
   * Of a field.
   *
   * @param beside what stands before its control
   */
  public FieldRow(Field field, Node... beside) {
    Control control = field.words().isEmpty() ? typed(field) : chosen(field);
    control.setId(field.name());
    control.setAccessibleText(field.label());
    control.setTooltip(new Tooltip(field.explanation()));
    var ends = new HBox(4, beside);
    ends.getChildren().add(control);
    ends.setAlignment(Pos.CENTER_RIGHT);
    Label error = Controls.label("", "error");
    error.setWrapText(true);
    error.textProperty().bind(field.errorProperty());
    error.visibleProperty().bind(field.errorProperty().isNotEmpty());
    error.managedProperty().bind(error.visibleProperty());
    getChildren().addAll(Controls.row(field.label(), ends), error);
  }

  private static Control typed(Field field) {
    var text = new TextField();
    text.textProperty().bindBidirectional(field.textProperty());
    text.setAlignment(Pos.CENTER_RIGHT);
    return text;
  }

  private static Control chosen(Field field) {
    var choice = new ComboBox<String>();
    choice.getItems().setAll(field.words());
    choice.valueProperty().bindBidirectional(field.textProperty());
    return choice;
  }
}
