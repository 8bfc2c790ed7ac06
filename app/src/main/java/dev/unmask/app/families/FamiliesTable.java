package dev.unmask.app.families;

import dev.unmask.engine.families.PlaneFigures;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** How good each family is at the state that is shown, in figures. */
final class FamiliesTable extends TableView<FamilyPanel> {
  private static final double ROW = 26;
  private static final double HEADER = 48;

  private final DoubleProperty textSize;
  private List<FamilyPanel> told = List.of();

  /**
   * With nothing in it.
   *
   * @param textSize of its usual size
   */
  FamiliesTable(DoubleProperty textSize) {
    this.textSize = textSize;
    setId("families-table");
    setAccessibleText("PlaneFigures of the families");
    fixedCellSizeProperty().bind(textSize.multiply(ROW));
    column("family", 205, panel -> panel.family().title());
    column("KL, nats", 84, panel -> measured(panel, FamilyPainter::kl));
    column("−log p, nats", 108, panel -> measured(panel, FamiliesTable::surprise));
    column("modes", 76, panel -> measured(panel, f -> f.modes() + " of " + f.found().length));
    column("evaluations a sample", 158, panel -> of(panel, shot -> "" + shot.evaluations()));
    column("ms a sample", 104, panel -> measured(panel, f -> format("%.3f", f.millis())));
    column("parameters", 98, panel -> of(panel, shot -> format("%,d", shot.parameters())));
    column(
        "trained, s",
        88,
        panel ->
            panel
                .training()
                .flatMap(Training::seconds)
                .map(seconds -> format("%.1f", seconds))
                .orElse("–"));
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String surprise(PlaneFigures figures) {
    return Double.isNaN(figures.nll())
        ? "none"
        : (figures.bound() ? "≤ " : "") + format("%.2f", figures.nll());
  }

  private static String of(FamilyPanel panel, Function<Shot, String> words) {
    return panel.shot().map(words).orElse("–");
  }

  private static String measured(FamilyPanel panel, Function<PlaneFigures, String> words) {
    Optional<PlaneFigures> figures =
        panel.shot().filter(shot -> shot.frame() == panel.frame()).flatMap(Shot::figures);
    return figures.map(words).orElse("–");
  }

  private void column(String name, double width, Function<FamilyPanel, String> words) {
    var column = new TableColumn<FamilyPanel, String>(name);
    column.prefWidthProperty().bind(textSize.multiply(width));
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(words.apply(row.getValue())));
    getColumns().add(column);
  }

  /** Shows these. */
  void show(List<FamilyPanel> panels) {
    if (!panels.equals(told)) {
      told = panels;
      int selected = getSelectionModel().getSelectedIndex();
      getItems().setAll(panels);
      getSelectionModel().select(selected);
      minHeightProperty().bind(textSize.multiply(ROW * panels.size() + HEADER));
      prefHeightProperty().bind(minHeightProperty());
      maxHeightProperty().bind(minHeightProperty());
    }
  }
}
