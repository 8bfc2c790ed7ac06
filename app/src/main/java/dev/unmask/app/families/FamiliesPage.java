package dev.unmask.app.families;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.session.Transport;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.families.PlaneLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;

/** Families side by side, and their figures. */
public final class FamiliesPage extends BorderPane implements PageView {
  private static final double LOWEST = 210;
  private static final double NANOSECONDS = 1e9;
  private static final double LONGEST_PULSE = 0.1;

  private final FamiliesViewModel viewModel;
  private final Executor painting;
  private final Appearance appearance;
  private final FamiliesForm form;
  private final FlowPane layers = new FlowPane(4, 4);
  private final GridPane grid = new GridPane();
  private final FamiliesTable table;
  private final Label problem = Controls.label("", "error");
  private final BooleanProperty ready = new SimpleBooleanProperty();
  private final BooleanProperty training = new SimpleBooleanProperty();
  private List<Family> laid = List.of();
  private List<String> offered = List.of();
  private List<PaintedPane<Sheet<FamilyPanel>>> panes = List.of();
  private long last = System.nanoTime();

  public FamiliesPage(FamiliesViewModel viewModel, Executor painting, Appearance appearance) {
    this.viewModel = viewModel;
    this.painting = painting;
    this.appearance = appearance;
    form = new FamiliesForm(viewModel.choice());
    table = new FamiliesTable(appearance.textSizeProperty());
    grid.setHgap(10);
    grid.setVgap(10);
    VBox.setVgrow(grid, Priority.ALWAYS);
    problem.setWrapText(true);
    layers.getStyleClass().add("pages");
    layers.setMinWidth(0);
    layers.setAlignment(Pos.CENTER_LEFT);
    var all = new VBox(10, layers, problem, grid, table);
    var scroll = new ScrollPane(all);
    scroll.setFitToWidth(true);
    scroll.setFitToHeight(true);
    scroll.setFocusTraversable(false);
    scroll.getStyleClass().add("page-scroll");
    setCenter(scroll);
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public PageRun run() {
    return new PageRun(
        () -> form,
        "Train",
        ready,
        viewModel::train,
        training,
        viewModel::cancel,
        Optional.of(
            () -> {
              viewModel.choice().newSeed();
              viewModel.train();
            }));
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
    FamiliesChoice choice = viewModel.choice();
    ready.set(choice.sound() && !choice.families().isEmpty());
    training.set(viewModel.training());
    problem.setText(viewModel.problem());
    problem.setVisible(!viewModel.problem().isEmpty());
    problem.setManaged(problem.isVisible());
    if (!laid.equals(choice.families())) {
      lay(List.copyOf(choice.families()));
    }
    List<FamilyPanel> panels = laid.stream().map(viewModel::panel).toList();
    for (int i = 0; i < panels.size(); i++) {
      panes.get(i).show(new Sheet<>(panels.get(i), 1, 1));
    }
    table.show(panels);
    panels.stream().filter(FamilyPanel::selected).findFirst().ifPresent(this::offer);
  }

  /** The layers of the selected family. */
  private void offer(FamilyPanel panel) {
    List<String> titles = panel.layers().stream().map(PlaneLayer::title).toList();
    if (!titles.equals(offered)) {
      offered = titles;
      layers.getChildren().clear();
      for (String title : titles) {
        var toggle = new ToggleButton(title);
        toggle.setTooltip(new Tooltip("Show or hide: " + title));
        toggle.setOnAction(_ -> viewModel.choice().toggleLayer(title));
        layers.getChildren().add(toggle);
      }
      layers.setVisible(!titles.isEmpty());
      layers.setManaged(layers.isVisible());
    }
    for (int i = 0; i < titles.size(); i++) {
      ((ToggleButton) layers.getChildren().get(i)).setSelected(panel.shows(panel.layers().get(i)));
    }
  }

  private void lay(List<Family> families) {
    laid = families;
    int columns = FamiliesView.columns(families.size());
    grid.getChildren().clear();
    grid.getColumnConstraints().clear();
    grid.getRowConstraints().clear();
    List<PaintedPane<Sheet<FamilyPanel>>> made = new ArrayList<>();
    for (int i = 0; i < families.size(); i++) {
      Family family = families.get(i);
      var pane = new PaintedPane<>(new FamilyPainter(), painting, appearance);
      pane.setId("panel-" + family.name());
      pane.getStyleClass().add("family-panel");
      pane.setOnMousePressed(_ -> viewModel.choice().selectedProperty().set(family));
      pane.minHeightProperty().bind(appearance.textSizeProperty().multiply(LOWEST));
      var card = new VBox(pane);
      card.getStyleClass().add("card");
      VBox.setVgrow(pane, Priority.ALWAYS);
      grid.add(card, i % columns, i / columns);
      made.add(pane);
    }
    for (int i = 0; i < columns; i++) {
      var column = new ColumnConstraints();
      column.setPercentWidth(100.0 / columns);
      grid.getColumnConstraints().add(column);
    }
    for (int i = 0; i < Math.ceilDiv(families.size(), Math.max(1, columns)); i++) {
      var row = new RowConstraints();
      row.setVgrow(Priority.ALWAYS);
      row.setPercentHeight(100.0 / Math.ceilDiv(families.size(), columns));
      grid.getRowConstraints().add(row);
    }
    panes = List.copyOf(made);
  }
}
