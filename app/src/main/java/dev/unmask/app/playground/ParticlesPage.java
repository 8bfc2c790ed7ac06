package dev.unmask.app.playground;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.session.Transport;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Particles in the plane, between data and noise. */
public final class ParticlesPage extends BorderPane implements PageView {
  /** The share of the page that its right side takes at most. */
  private static final double SIDE = 0.4;

  private static final double NANOSECONDS = 1e9;
  private static final double LONGEST_PULSE = 0.1;

  private final PlaygroundViewModel viewModel;
  private final PlaygroundForm form;
  private final PlaygroundPlane plane;
  private final PlaygroundSide side;
  private final Label progress = Controls.label("", "name");
  private final Button stop = new Button();
  private final Label sentence = Controls.label("", "sentence");
  private final Label problem = Controls.label("", "error");
  private long last = System.nanoTime();

  public ParticlesPage(PlaygroundViewModel viewModel, Executor painting, Appearance appearance) {
    this.viewModel = viewModel;
    form = new PlaygroundForm(viewModel.choice());
    plane = new PlaygroundPlane(viewModel, painting, appearance);
    side = new PlaygroundSide(viewModel, painting, appearance);
    setCenter(centre());
    side.maxWidthProperty().bind(widthProperty().multiply(SIDE));
    setRight(side);
  }

  private Node centre() {
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    sentence.setId("plane-sentence");
    problem.setWrapText(true);
    VBox.setVgrow(plane, Priority.ALWAYS);
    var card = new VBox(10, head(), plane, sentence, problem);
    card.getStyleClass().add("card");
    VBox.setVgrow(card, Priority.ALWAYS);
    var centre = new VBox(card);
    centre.getStyleClass().add("centre");
    return centre;
  }

  private Node head() {
    var layers = new FlowPane(4, 4);
    layers.getStyleClass().add("pages");
    layers.setMinWidth(0);
    for (Layer layer : Layer.values()) {
      layers.getChildren().add(toggle(layer));
    }
    stop.getStyleClass().add("small");
    stop.setOnAction(pressed -> viewModel.toggleComputing());
    progress.managedProperty().bind(progress.visibleProperty());
    return Controls.head("PLAYGROUND", progress, stop, layers);
  }

  private Node toggle(Layer layer) {
    var toggle = new ToggleButton(layer.words());
    toggle.setId("layer-" + layer.name().toLowerCase(Locale.ROOT));
    toggle.setTooltip(new Tooltip(layer.meaning()));
    toggle.setSelected(true);
    toggle.setOnAction(pressed -> viewModel.toggle(layer));
    return toggle;
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public PageRun run() {
    return new PageRun(
        () -> form,
        "Play from the start",
        new SimpleBooleanProperty(true),
        viewModel::playFromStart,
        viewModel.playhead().playingProperty(),
        viewModel.playhead()::pause,
        Optional.of(viewModel.choice()::newSeed));
  }

  @Override
  public Optional<Transport> transport() {
    return Optional.of(viewModel);
  }

  @Override
  public void refresh() {
    long now = System.nanoTime();
    viewModel.pulse(Math.min(LONGEST_PULSE, (now - last) / NANOSECONDS));
    last = now;
    problem.setText(viewModel.problem());
    problem.setVisible(!viewModel.problem().isEmpty());
    problem.setManaged(problem.isVisible());
    progress.setText(String.format(Locale.ROOT, "densities %.0f %%", 100 * viewModel.progress()));
    progress.setVisible(viewModel.progress() < 1);
    stop.setVisible(progress.isVisible());
    stop.setText(viewModel.isComputing() ? "Stop" : "Go on");
    viewModel.view().ifPresent(this::show);
  }

  private void show(PlaneView view) {
    sentence.setText(PlaneSentence.of(view));
    plane.setAccessibleText(sentence.getText());
    plane.show(view);
    side.show(view);
  }
}
