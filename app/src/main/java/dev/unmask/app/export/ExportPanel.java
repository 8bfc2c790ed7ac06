package dev.unmask.app.export;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.Colouring;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The form for the next export; what the format has no use for is greyed, and says why. */
final class ExportPanel extends VBox {
  ExportPanel(ExportViewModel form, ExportActions actions) {
    Label problem = Controls.label("", "error");
    problem.setWrapText(true);
    problem.setMinHeight(USE_PREF_SIZE);
    problem.textProperty().bind(form.problem);
    problem.managedProperty().bind(form.problem.isNotEmpty());
    var rows =
        new VBox(
            Controls.heading("EXPORT"),
            choice("What", List.of(Exhibit.Kind.values()), Exhibit.Kind::words, form.kind),
            choice("Format", ExportFormats.ALL, ExportFormat::words, form.format),
            views(form),
            choice("Ground", List.of(ExportTheme.values()), ExportTheme::words, form.theme),
            sizes(form),
            steps(form),
            hint(form.idle(ExportOption.FROM)),
            greyed(form.idle(ExportOption.FROM), typed("First step", form.from, "0")),
            greyed(form.idle(ExportOption.TO), typed("Last step", form.to, "the last")),
            greyed(form.idle(ExportOption.FROM), new StepRangeSlider(form)),
            greyed(form.idle(ExportOption.PACE), typed("Steps a frame", form.pace, "1")),
            greyed(form.idle(ExportOption.FPS), typed("Frames a second", form.fps, "4")),
            greyed(form.idle(ExportOption.HOLD), typed("Hold the ends, s", form.hold, "0")),
            greyed(
                form.idle(ExportOption.EASING),
                choice("Between steps", List.of(Easing.values()), ExportPanel::word, form.easing)),
            ofTokens(
                form, choice("Colours", List.of(Colouring.values()), Colouring::words, form.map)),
            ofTokens(form, Controls.row("Legend", legend(form))),
            typed("Title", form.title, "none"),
            typed("Caption", form.caption, "none"),
            problem,
            Controls.button(actions.copy));
    rows.getStyleClass().add("rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
  }

  /** A row that cannot be used while there is a reason, which is told where the mouse rests. */
  private static Node greyed(ObservableValue<String> why, Node row) {
    row.disableProperty().bind(why.map(reason -> !reason.isEmpty()));
    // What is greyed is told nothing by the mouse; what it lies in is.
    var around = new StackPane(row);
    var tooltip = new Tooltip();
    tooltip.textProperty().bind(why.map(ExportPanel::sentence));
    why.subscribe(
        reason -> {
          if (reason.isEmpty()) {
            Tooltip.uninstall(around, tooltip);
          } else {
            Tooltip.install(around, tooltip);
          }
        });
    return around;
  }

  private static Node ofTokens(ExportViewModel form, Node row) {
    return greyed(
        form.kind.map(kind -> kind == Exhibit.Kind.TOKENS ? "" : "only tokens have states"), row);
  }

  /** The reason for those who use no mouse. */
  private static Node hint(ObservableValue<String> why) {
    Label hint = Controls.label("", "hint");
    hint.setWrapText(true);
    hint.setMinHeight(USE_PREF_SIZE);
    hint.textProperty().bind(why.map(ExportPanel::sentence));
    hint.visibleProperty().bind(hint.textProperty().isNotEmpty());
    hint.managedProperty().bind(hint.visibleProperty());
    return hint;
  }

  private static String sentence(String why) {
    return why.isEmpty() ? "" : "Not used: " + why + ".";
  }

  private static Node steps(ExportViewModel form) {
    var one = new RadioButton("This step");
    var range = new RadioButton("A range");
    one.setId("export-this-step");
    range.setId("export-range");
    var group = new ToggleGroup();
    one.setToggleGroup(group);
    range.setToggleGroup(group);
    Runnable show = () -> group.selectToggle(form.oneStep() ? one : range);
    form.format.subscribe(show);
    form.thisStep.subscribe(show);
    show.run();
    one.setOnAction(chosen -> form.thisStep.set(true));
    range.setOnAction(chosen -> form.thisStep.set(false));
    ObservableValue<String> why =
        form.format.map(format -> format.still() ? ExportOption.FROM.idle(format, true, 1) : "");
    var both = new FlowPane(12, 4, one, greyed(why, range));
    both.getStyleClass().add("row");
    return both;
  }

  private static Node views(ExportViewModel form) {
    var place = new StackPane();
    form.kind.subscribe(
        kind -> {
          ComboBox<ExportView> box = Controls.choice(kind.views(), ExportPanel::word, form.view);
          box.setAccessibleText("View");
          place.getChildren().setAll(box);
        });
    ObservableValue<String> why =
        form.kind.map(kind -> kind.views().size() > 1 ? "" : "there is one view of them");
    return greyed(why, Controls.row("View", place));
  }

  private static CheckBox legend(ExportViewModel form) {
    var legend = new CheckBox();
    legend.setAccessibleText("Legend");
    legend.selectedProperty().bindBidirectional(form.legend);
    return legend;
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
    box.setTooltip(
        new Tooltip(
            "Pixels as width x height, such as 1920x1080, and @1.5 behind them for how large"
                + " everything is drawn; column is a paper's."));
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
