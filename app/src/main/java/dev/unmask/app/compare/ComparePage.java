package dev.unmask.app.compare;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.inspector.Narration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/** Two runs beside each other at one playhead, above a map of where and when they differ. */
public final class ComparePage extends BorderPane implements PageView {
  public static final Page PAGE = new Page("Compare", CarbonIcons.COMPARE);

  private final Session session;
  private final CompareViewModel compared;
  private final Executor painting;
  private final Appearance appearance;
  private final Label left = Controls.label("", "figure");
  private final Label right = Controls.label("", "figure");
  private final Label leftBound = Controls.label("", "name");
  private final Label rightBound = Controls.label("", "name");
  private final Button bounds = new Button("Bounds");
  private List<PaintedPane<Frame>> panes = List.of();

  public ComparePage(
      Session session,
      CompareViewModel compared,
      RecentRuns recent,
      Action firstDivergence,
      Executor painting,
      Appearance appearance) {
    this.session = session;
    this.compared = compared;
    this.painting = painting;
    this.appearance = appearance;
    getStyleClass().add("centre");
    setId("compare");
    var bar =
        new HBox(
            10,
            Controls.label("A", "name"),
            side(left, leftBound),
            Controls.label("B", "name"),
            others(recent),
            side(right, rightBound),
            Controls.spring(),
            bounds,
            alignments(),
            Controls.button(firstDivergence));
    bar.setAlignment(Pos.CENTER_LEFT);
    bounds.setId("bounds");
    bounds.setTooltip(
        new Tooltip("Ask the model what both final texts are worth to it, in nats a token"));
    bounds.setOnAction(
        pressed -> {
          if (compared.scoring()) {
            compared.cancelScoring();
          } else {
            compared.score();
          }
        });
    for (Label bound : List.of(leftBound, rightBound)) {
      bound.managedProperty().bind(bound.textProperty().isNotEmpty());
    }
    Label note = Controls.label("", "hint");
    note.setId("compare-note");
    note.setWrapText(true);
    note.textProperty().bind(compared.noteProperty());
    note.visibleProperty().bind(note.textProperty().isNotEmpty());
    note.managedProperty().bind(note.visibleProperty());
    setTop(new VBox(8, bar, note));
    compared.pairProperty().subscribe(this::lay);
  }

  private static Node side(Label run, Label bound) {
    var side = new VBox(run, bound);
    side.setAlignment(Pos.CENTER_LEFT);
    return side;
  }

  private Node others(RecentRuns recent) {
    var choice = new ComboBox<Optional<Path>>();
    choice.setId("compare-with");
    choice.setAccessibleText("The run to compare with");
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Optional<Path> file) {
            return file == null || file.isEmpty()
                ? "its parent or branch"
                : RecentRuns.name(file.get());
          }

          @Override
          public Optional<Path> fromString(String words) {
            return choice.getValue();
          }
        });
    choice.setOnShowing(
        showing -> {
          Optional<Path> kept = choice.getValue();
          choice.getItems().setAll(List.of(Optional.empty()));
          recent.files().forEach(file -> choice.getItems().add(Optional.of(file)));
          choice.setValue(kept);
        });
    choice.valueProperty().bindBidirectional(compared.chosenProperty());
    return choice;
  }

  private Node alignments() {
    var choice = new ComboBox<Alignment>();
    choice.getItems().setAll(Alignment.values());
    choice.setAccessibleText("Which steps are shown together");
    choice.valueProperty().bindBidirectional(compared.alignmentProperty());
    return choice;
  }

  /** The painters know the pair, so another pair has panes of its own. */
  private void lay(Optional<RunPair> pair) {
    if (pair.isEmpty()) {
      panes = List.of();
      left.setText("");
      right.setText("");
      setCenter(null);
      return;
    }
    left.setText(RunPair.words(pair.get().left().trace()));
    right.setText(RunPair.words(pair.get().right().trace()));
    var first = pane(new ComparedCanvas(pair.get(), false));
    var second = pane(new ComparedCanvas(pair.get(), true));
    var map = pane(new DifferencePainter(pair.get()));
    map.setAccessibleText("Differences, positions by steps. " + pair.get().summary());
    panes = List.of(first, second, map);
    var canvases = new HBox(10, first, second);
    HBox.setHgrow(first, Priority.ALWAYS);
    HBox.setHgrow(second, Priority.ALWAYS);
    var all = new VBox(10, canvases, map);
    canvases.prefHeightProperty().bind(heightProperty().multiply(0.5));
    VBox.setVgrow(map, Priority.ALWAYS);
    setMargin(all, new Insets(10, 0, 0, 0));
    setCenter(all);
  }

  private PaintedPane<Frame> pane(Painter painter) {
    var pane = new PaintedPane<>(painter, painting, appearance);
    pane.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    pane.setPrefSize(100, 100);
    return pane;
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public void refresh() {
    compared.pulse();
    leftBound.setText(compared.bounds().left());
    rightBound.setText(compared.bounds().right());
    bounds.setText(compared.scoring() ? "Stop" : "Bounds");
    bounds.setDisable(compared.pairProperty().get().isEmpty());
    session
        .frameProperty()
        .get()
        .filter(frame -> compared.pairProperty().get().isPresent())
        .ifPresent(this::show);
  }

  private void show(Frame frame) {
    panes.forEach(pane -> pane.show(frame));
    int[] differing =
        compared.pairProperty().get().map(pair -> pair.differingAt(frame.step())).orElseThrow();
    panes
        .getFirst()
        .setAccessibleText(
            "%s %d tokens differ at this step.".formatted(Narration.of(frame), differing.length));
  }
}
