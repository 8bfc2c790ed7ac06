package dev.unmask.app.export;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.Colouring;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.Property;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The form for the next export. */
final class ExportPanel extends VBox {
  ExportPanel(ExportViewModel form, ExportActions actions) {
    Label problem = Controls.label("", "error");
    problem.setWrapText(true);
    problem.textProperty().bind(form.problem);
    problem.managedProperty().bind(form.problem.isNotEmpty());
    var legend = new CheckBox();
    legend.selectedProperty().bindBidirectional(form.legend);
    var rows =
        new VBox(
            Controls.heading("EXPORT"),
            choice("Format", ExportFormats.ALL, ExportFormat::words, form.format),
            choice("View", ExportView.OF_TOKENS, ExportPanel::word, form.view),
            choice("Colours", List.of(Colouring.values()), Colouring::words, form.map),
            choice("Ground", List.of(ExportTheme.values()), ExportPanel::word, form.theme),
            sizes(form),
            still(form),
            moving(form, typed("First step", form.from, "0")),
            moving(form, typed("Last step", form.to, "the last")),
            moving(form, typed("Steps a frame", form.pace, "1")),
            moving(form, typed("Frames a second", form.fps, "4")),
            moving(form, typed("Hold the ends, s", form.hold, "0")),
            moving(
                form,
                choice("Between steps", List.of(Easing.values()), ExportPanel::word, form.easing)),
            typed("Title", form.title, "none"),
            typed("Caption", form.caption, "none"),
            Controls.row("Legend", legend),
            problem,
            Controls.button(actions.copy));
    rows.getStyleClass().add("rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
  }

  /** What a picture that stands still does not ask for. */
  private static Node moving(ExportViewModel form, Node row) {
    row.visibleProperty()
        .bind(Bindings.createBooleanBinding(() -> !form.format.get().still(), form.format));
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  private static Node still(ExportViewModel form) {
    Label hint = Controls.label("Of the step that is shown.", "hint");
    hint.visibleProperty()
        .bind(Bindings.createBooleanBinding(() -> form.format.get().still(), form.format));
    hint.managedProperty().bind(hint.visibleProperty());
    return hint;
  }

  private static String word(Enum<?> value) {
    String name = value.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static <T> Node choice(
      String name, List<T> values, Function<T, String> words, Property<T> chosen) {
    ComboBox<T> box = Controls.choice(values, words, chosen);
    box.setAccessibleText(name);
    return Controls.row(name, box);
  }

  private static Node sizes(ExportViewModel form) {
    var box = new ComboBox<String>();
    box.getItems().setAll(PictureSize.PRESETS.keySet());
    box.setEditable(true);
    box.getEditor().textProperty().bindBidirectional(form.size);
    box.setAccessibleText("Size");
    return Controls.row("Size", box);
  }

  private static Node typed(String name, Property<String> text, String hint) {
    var field = new TextField();
    field.setPromptText(hint);
    field.setAlignment(Pos.CENTER_RIGHT);
    field.setAccessibleText(name);
    field.textProperty().bindBidirectional(text);
    return Controls.row(name, field);
  }
}
