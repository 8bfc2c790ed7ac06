package dev.unmask.app.workbench;

import dev.unmask.engine.sampler.ImageSamplerKind;
import dev.unmask.engine.sampler.ImageSamplers;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Which images are to be made, and how. */
final class ImagesForm extends VBox {
  private static final String ANY = "any";

  private final ImagesDesk desk;
  private final ComboBox<String> label = new ComboBox<>();
  private final VBox settings = new VBox();
  private final Label summary = Controls.label("", "hint");
  private final Button run = new Button("Run");
  private final Button cancel = new Button("Cancel");

  ImagesForm(ImagesDesk desk) {
    this.desk = desk;
    getStyleClass().add("side-panel");
    ImagesChoice choice = desk.choice();
    settings.getStyleClass().add("rows");
    summary.setWrapText(true);
    summary.setMinHeight(USE_PREF_SIZE);
    choice.fields().addListener((ListChangeListener<Field>) change -> describe());
    describe();
    var rows =
        new VBox(
            Controls.heading("IMAGES"),
            Controls.row("Model", model(choice)),
            Controls.row("Class", label()),
            new FieldRow(choice.guidance()),
            new FieldRow(choice.images()),
            new FieldRow(choice.seed()),
            Controls.heading("SAMPLER"),
            sampler(choice),
            summary,
            settings);
    rows.getStyleClass().add("rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(scroll, buttons());
  }

  private static Node model(ImagesChoice choice, List<String> models) {
    var model = new ComboBox<String>();
    model.setId("image-model");
    model.setAccessibleText("The model of images");
    model.getItems().setAll(models);
    model.valueProperty().bindBidirectional(choice.modelProperty());
    return model;
  }

  private Node model(ImagesChoice choice) {
    return model(choice, desk.models());
  }

  private Node label() {
    label.setId("image-class");
    label.setAccessibleText("The class that the images are of");
    label.setTooltip(new Tooltip("What the images are to be of; any asks the model for no class"));
    label.getItems().setAll(ANY);
    label.setValue(ANY);
    label
        .valueProperty()
        .addListener(
            (seen, before, now) ->
                desk.choice().labelProperty().set(label.getItems().indexOf(now) - 1));
    return label;
  }

  private static Node sampler(ImagesChoice choice) {
    ComboBox<ImageSamplerKind> sampler =
        Controls.choice(ImageSamplers.ALL, ImageSamplerKind::title, choice.samplerProperty());
    sampler.setId("image-sampler");
    sampler.setAccessibleText("The sampler of images");
    sampler.setMaxWidth(Double.MAX_VALUE);
    return sampler;
  }

  private void describe() {
    settings.getChildren().setAll(desk.choice().fields().stream().map(FieldRow::new).toList());
    summary.setText(desk.choice().samplerProperty().get().summary());
  }

  private Node buttons() {
    run.setId("image-run");
    run.getStyleClass().add("run-button");
    run.setMaxWidth(Double.MAX_VALUE);
    run.setOnAction(pressed -> desk.run());
    HBox.setHgrow(run, Priority.ALWAYS);
    cancel.setOnAction(pressed -> desk.cancel());
    var other = new Button("New seed");
    other.setOnAction(
        pressed -> {
          desk.choice().newSeed();
          desk.run();
        });
    var buttons = new HBox(8, run, other, cancel);
    buttons.getStyleClass().add("buttons");
    return buttons;
  }

  /** Shows what can be asked for now. */
  void refresh() {
    List<String> classes =
        IntStream.rangeClosed(0, desk.classes().size())
            .mapToObj(i -> i == 0 ? ANY : desk.classes().get(i - 1))
            .toList();
    if (!label.getItems().equals(classes)) {
      label.getItems().setAll(classes);
      label.setValue(ANY);
    }
    cancel.setDisable(!desk.live());
  }
}
