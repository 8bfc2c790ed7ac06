package dev.unmask.app.controls;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.geometry.Pos;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/** A choice between a few values that are all in view. */
public final class Segments extends HBox {
  private Segments() {
    getStyleClass().add("segments");
    setAlignment(Pos.CENTER_LEFT);
  }

  /**
   * A choice.
   *
   * @param name of a value
   * @param meaning of choosing it, in a sentence without its stop
   */
  public static <T> Segments of(
      List<T> values, Function<T, String> name, Function<T, String> meaning, Property<T> chosen) {
    var segments = new Segments();
    var group = new ToggleGroup();
    for (T value : values) {
      var button = new ToggleButton(name.apply(value));
      button.setToggleGroup(group);
      button.setTooltip(new Tooltip(meaning.apply(value)));
      button.setAccessibleText(meaning.apply(value));
      button
          .getStyleClass()
          .add(
              value.equals(values.getFirst())
                  ? "left-pill"
                  : value.equals(values.getLast()) ? "right-pill" : "center-pill");
      // A press on the chosen one would leave none chosen.
      button.setOnAction(
          pressed -> {
            chosen.setValue(value);
            button.setSelected(true);
          });
      button.setSelected(value.equals(chosen.getValue()));
      chosen.addListener((seen, before, now) -> button.setSelected(value.equals(now)));
      segments.getChildren().add(button);
    }
    return segments;
  }
}
