package dev.unmask.app.runs;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.RunBounds;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.RunList.Row;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.RunTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputDialog;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * The list of runs. A click or Enter shows a run, with Ctrl it is compared with the one that is
 * shown; Delete takes it away.
 */
public final class RunsPane extends VBox {
  private final RunList runs;
  private final RunBounds bounds;
  private final Consumer<Path> compare;
  private final Consumer<RunRequest> again;
  private final ObservableList<Row> shown = FXCollections.observableArrayList();
  private final ListView<Row> list = new ListView<>(shown);

  /**
   * Of these runs.
   *
   * @param bounds of their texts
   * @param compare compares a run with the one that is shown
   * @param again fills the form with what was asked for
   */
  public RunsPane(
      RunList runs, RunBounds bounds, Consumer<Path> compare, Consumer<RunRequest> again) {
    super(8);
    this.runs = runs;
    this.bounds = bounds;
    this.compare = compare;
    this.again = again;
    setId("runs");
    var filter = new TextField();
    filter.setId("runs-filter");
    filter.setPromptText("Filter by word, sampler, seed");
    filter.setAccessibleText("Show the runs that hold these words");
    filter.textProperty().bindBidirectional(runs.filterProperty());
    list.setId("runs-list");
    list.getStyleClass().add("left-list");
    list.setAccessibleText("Runs");
    list.setPlaceholder(Controls.label("No run yet.", "hint"));
    list.setCellFactory(made -> new RunCell(runs, bounds, this::choose));
    list.setContextMenu(menu());
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().addAll(filter, list);
    runs.rows().addListener((ListChangeListener<Row>) change -> take(runs.rows()));
    take(runs.rows());
  }

  /** Keeps the place of the list where its rows change below it. */
  private void take(List<Row> now) {
    Row chosen = list.getSelectionModel().getSelectedItem();
    shown.setAll(now);
    now.stream()
        .filter(row -> same(row, chosen))
        .findFirst()
        .ifPresent(row -> list.getSelectionModel().select(row));
  }

  private static boolean same(Row row, Row other) {
    return row instanceof Row.Recorded(RunTree.Node one)
            && other instanceof Row.Recorded(RunTree.Node two)
        ? one.file().equals(two.file())
        : row.equals(other);
  }

  /** Marks the run that is shown. */
  public void refresh() {
    runs.pulse();
    if (bounds.changed()) {
      list.refresh();
    }
  }

  private void press(KeyEvent pressed) {
    Row row = list.getSelectionModel().getSelectedItem();
    if (row == null) {
      return;
    }
    switch (pressed.getCode()) {
      case ENTER -> choose(row, pressed.isShortcutDown());
      case DELETE -> recorded(row).ifPresent(runs::remove);
      case F2 -> recorded(row).ifPresent(this::rename);
      default -> {
        return;
      }
    }
    pressed.consume();
  }

  private static Optional<RunTree.Node> recorded(Row row) {
    return row instanceof Row.Recorded(RunTree.Node node) ? Optional.of(node) : Optional.empty();
  }

  private void choose(Row row, boolean beside) {
    switch (row) {
      case Row.Recorded(RunTree.Node node) when beside -> compare.accept(node.file());
      case Row.Recorded(RunTree.Node node) -> runs.open(node);
      case Row.NotStarted(var refused) -> again.accept(refused.asked());
      case Row.Heading _ -> {
        // Nothing is chosen with it.
      }
    }
  }

  private ContextMenu menu() {
    return new ContextMenu(
        item("Show", node -> runs.open(node)),
        item("Compare with the run that is shown", node -> compare.accept(node.file())),
        item("Bound of its text", node -> bounds.ask(node.run())),
        item("Bounds of all texts that are listed", _ -> askAll()),
        item("Rename …", this::rename),
        item("Take out of the list", runs::remove));
  }

  private void askAll() {
    shown.stream().flatMap(row -> recorded(row).stream()).forEach(node -> bounds.ask(node.run()));
  }

  private MenuItem item(String words, Consumer<RunTree.Node> does) {
    var item = new MenuItem(words);
    item.setOnAction(
        chosen ->
            Optional.ofNullable(list.getSelectionModel().getSelectedItem())
                .flatMap(RunsPane::recorded)
                .ifPresent(does));
    return item;
  }

  private void rename(RunTree.Node node) {
    var ask = new TextInputDialog(runs.name(node));
    ask.setTitle("Unmask");
    ask.setHeaderText("What is this run to be called?");
    ask.initOwner(getScene().getWindow());
    ask.showAndWait().ifPresent(name -> runs.rename(node, name));
  }
}
