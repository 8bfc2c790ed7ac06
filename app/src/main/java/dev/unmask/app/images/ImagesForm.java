package dev.unmask.app.images;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.Field;
import dev.unmask.app.controls.FieldRow;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.images.ImageOrigin.Clean;
import dev.unmask.app.picture.Sheet;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Which images are to be made, and how. */
final class ImagesForm extends VBox {
  private static final String ANY = "any";
  private static final String NOISE = "pure noise";
  private static final double TRIP = 100;

  /** A distance that nobody sees. */
  private static final double SAME = 0.005;

  private final ImagesViewModel viewModel;
  private final ComboBox<String> label = new ComboBox<>();
  private final ComboBox<String> start = new ComboBox<>();
  private final PaintedPane<Sheet<RoundTrip>> trip;
  private final Label back = Controls.label("", "hint");
  private final VBox settings = new VBox();
  private final Label summary = Controls.label("", "hint");
  private final Button branch;
  private final Label change = Controls.label("", "hint");
  private List<Clean> origins = List.of();

  /**
   * Of a view-model.
   *
   * @param branching begins a branch where the playhead is
   */
  ImagesForm(
      ImagesViewModel viewModel, Action branching, Executor painting, Appearance appearance) {
    this.viewModel = viewModel;
    branch = Controls.button(branching);
    branch.setId("image-branch");
    branch.setMaxWidth(Double.MAX_VALUE);
    change.setWrapText(true);
    change.setMinHeight(USE_PREF_SIZE);
    trip = new PaintedPane<>(new RoundTripPainter(), painting, appearance);
    ImagesChoice choice = viewModel.choice();
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
            Controls.heading("START"),
            start(),
            Controls.heading("SAMPLER"),
            sampler(choice),
            summary,
            settings,
            branching());
    rows.getStyleClass().add("rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
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
    return model(choice, viewModel.models());
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
                viewModel.choice().labelProperty().set(label.getItems().indexOf(now) - 1));
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

  private Node start() {
    start.setId("image-start");
    start.setAccessibleText("What the images start from");
    start.setMaxWidth(Double.MAX_VALUE);
    start.getItems().setAll(NOISE);
    start.setValue(NOISE);
    start.setOnShowing(
        showing -> {
          origins = viewModel.origins();
          String chosen = start.getValue();
          start.getItems().setAll(NOISE);
          origins.forEach(origin -> start.getItems().add(origin.name()));
          start.setValue(chosen);
        });
    start
        .valueProperty()
        .addListener(
            (seen, before, now) ->
                viewModel
                    .origin()
                    .cleanProperty()
                    .set(origins.stream().filter(origin -> origin.name().equals(now)).findFirst()));
    var time = new Slider(0, 1, viewModel.origin().timeProperty().get());
    time.setId("image-start-time");
    time.setAccessibleText("The time t to which the image is noised");
    time.setBlockIncrement(0.02);
    time.valueProperty().bindBidirectional(viewModel.origin().timeProperty());
    HBox.setHgrow(time, Priority.ALWAYS);
    Label value = Controls.label("", "figure");
    value.setMinWidth(52);
    value.textProperty().bind(viewModel.origin().timeProperty().asString(Locale.ROOT, "t %.2f"));
    trip.setMinHeight(TRIP);
    trip.setPrefHeight(TRIP);
    back.setWrapText(true);
    back.setMinHeight(USE_PREF_SIZE);
    var way = new VBox(8, new HBox(8, value, time), trip, back);
    way.visibleProperty().bind(viewModel.origin().cleanProperty().map(Optional::isPresent));
    way.managedProperty().bind(way.visibleProperty());
    return new VBox(8, start, way);
  }

  private void describe() {
    settings.getChildren().setAll(viewModel.choice().fields().stream().map(FieldRow::new).toList());
    summary.setText(viewModel.choice().samplerProperty().get().summary());
  }

  private Node branching() {
    return new VBox(8, branch, change);
  }

  /** Shows what can be asked for now. */
  void refresh() {
    List<String> classes =
        IntStream.rangeClosed(0, viewModel.classes().size())
            .mapToObj(i -> i == 0 ? ANY : viewModel.classes().get(i - 1))
            .toList();
    if (!label.getItems().equals(classes)) {
      label.getItems().setAll(classes);
      label.setValue(ANY);
    }
    branch.setText("Branch at step " + viewModel.playhead().stepProperty().get());
    String words = viewModel.branchWords();
    change.setText(words.isEmpty() ? "The form says the same as the run." : "With " + words);
    viewModel.trip().ifPresent(this::show);
  }

  private void show(RoundTrip way) {
    trip.show(new Sheet<>(way, 1, 1));
    back.setText(
        way.distance().map(ImagesForm::words).orElse("Run takes the noise away from here."));
  }

  private static String words(double distance) {
    return distance < SAME
        ? "The original came back."
        : String.format(
            Locale.ROOT, "What came back is %.2f from the original, of at most 2.", distance);
  }
}
