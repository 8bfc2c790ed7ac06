package dev.unmask.app.controls;

import atlantafx.base.theme.Styles;
import dev.unmask.engine.sampler.api.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A row for a field, with the sentence that says what is wrong below it. */
public final class FieldRow extends VBox {
  private static final double SLIDER = 84;

  /**
   * Of a field.
   *
   * @param beside what stands before its control
   */
  public FieldRow(Field field, Node... beside) {
    Control control = control(field);
    control.setId(field.name());
    control.setAccessibleText(field.label());
    control.setTooltip(new Tooltip(field.explanation()));
    var ends = new HBox(6, beside);
    share(field).ifPresent(ends.getChildren()::add);
    ends.getChildren().add(control);
    ends.setAlignment(Pos.CENTER_RIGHT);
    getChildren()
        .addAll(
            Controls.row(field.label(), ends),
            line("hint", field.meant()),
            line("error", field.errorProperty()));
    field
        .errorProperty()
        .subscribe(error -> control.pseudoClassStateChanged(Styles.STATE_DANGER, !error.isEmpty()));
  }

  private static Label line(String style, ObservableValue<String> words) {
    Label line = Controls.label("", style);
    line.setWrapText(true);
    line.setMinHeight(USE_PREF_SIZE);
    line.textProperty().bind(words);
    line.visibleProperty().bind(line.textProperty().isNotEmpty());
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  private static Control control(Field field) {
    return switch (field.setting()) {
      case Setting.Choice choice -> chosen(field, choice.words());
      case Setting.Flag _ -> ticked(field);
      case Setting.Whole _, Setting.Counts _ -> typed(field);
      case Setting.Real real -> {
        TextField text = typed(field);
        if (isShare(real)) {
          text.getStyleClass().add("share");
        }
        yield text;
      }
    };
  }

  private static TextField typed(Field field) {
    var text = new TextField();
    text.textProperty().bindBidirectional(field.textProperty());
    text.setAlignment(Pos.CENTER_RIGHT);
    return text;
  }

  private static Control chosen(Field field, List<String> words) {
    var choice = new ComboBox<String>();
    choice.getItems().setAll(words);
    choice.valueProperty().bindBidirectional(field.textProperty());
    return choice;
  }

  private static Control ticked(Field field) {
    var tick = new CheckBox();
    StringProperty text = field.textProperty();
    text.subscribe(now -> tick.setSelected(now.strip().equals("true")));
    tick.selectedProperty().subscribe(now -> text.set(Boolean.toString(now)));
    return tick;
  }

  /** Between two ends that are near each other a hand is quicker than keys. */
  private static boolean isShare(Setting.Real real) {
    return real.most() - real.least() <= 1 && real.most() - real.least() > 0.5;
  }

  private static Optional<Node> share(Field field) {
    if (!(field.setting() instanceof Setting.Real real) || !isShare(real)) {
      return Optional.empty();
    }
    var slider = new Slider(real.least(), real.most(), real.fallback());
    slider.setAccessibleText(field.label());
    slider.setPrefWidth(SLIDER);
    slider.setMinWidth(0);
    slider.setBlockIncrement((real.most() - real.least()) / 20);
    StringProperty text = field.textProperty();
    text.subscribe(
        now -> {
          if (field.errorProperty().get().isEmpty()) {
            slider.setValue(real.parse(now));
          }
        });
    slider
        .valueProperty()
        .addListener(
            (seen, before, now) -> {
              if (slider.isValueChanging() || slider.isFocused()) {
                text.set(String.format(Locale.ROOT, "%.2f", now.doubleValue()));
              }
            });
    return Optional.of(slider);
  }
}
