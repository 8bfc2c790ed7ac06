package dev.unmask.app.runs;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.RunBounds;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.RunList.Row;
import dev.unmask.app.session.RunSummary;
import dev.unmask.app.session.RunTree;
import dev.unmask.app.session.Session;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** A row of the list of runs: what it is, its first words, and its figures. */
final class RunCell extends ListCell<Row> {
  private static final PseudoClass SHOWN = PseudoClass.getPseudoClass("shown");
  private static final double INDENT = 16;
  private static final double DOT = 4;

  private final RunList runs;
  private final RunBounds bounds;

  /**
   * An empty one.
   *
   * @param bounds of their texts
   * @param chosen is told of a row that is clicked, and whether Ctrl is down
   */
  RunCell(RunList runs, RunBounds bounds, BiConsumer<Row, Boolean> chosen) {
    this.runs = runs;
    this.bounds = bounds;
    getStyleClass().add("run-cell");
    // A cell is as wide as the list, and what is too long for it is cut.
    setPrefWidth(0);
    setOnMouseClicked(
        clicked -> {
          if (clicked.getButton() == MouseButton.PRIMARY && getItem() != null) {
            chosen.accept(getItem(), clicked.isShortcutDown());
          }
        });
  }

  @Override
  protected void updateItem(Row row, boolean empty) {
    super.updateItem(row, empty);
    setTooltip(null);
    pseudoClassStateChanged(SHOWN, false);
    if (empty || row == null) {
      setGraphic(null);
      setAccessibleText("");
      return;
    }
    setGraphic(
        switch (row) {
          case Row.Heading(String words) -> heading(words);
          case Row.Recorded(RunTree.Node node) -> recorded(node);
          case Row.NotStarted(Session.Refused refused) -> refused(refused);
        });
  }

  private Node heading(String words) {
    setAccessibleText(words);
    var line = new HBox(Controls.heading(words), Controls.spring(), Controls.heading("NFE"));
    line.setAlignment(Pos.BASELINE_LEFT);
    line.setPadding(new Insets(6, 0, 0, 0));
    return line;
  }

  private Node recorded(RunTree.Node node) {
    RunSummary run = node.run();
    String name = runs.name(node);
    boolean shown = runs.shown(node);
    pseudoClassStateChanged(SHOWN, shown);
    boolean live = runs.live(node);
    String figure = live ? "…" : run.evaluations() < 0 ? "–" : Integer.toString(run.evaluations());
    String steps = live ? "running" : run.steps() == 1 ? "1 step" : run.steps() + " steps";
    String bound = bounds.words(node.file());
    String cost = bound.isEmpty() ? steps : steps + " · " + bound;
    setTooltip(
        new Tooltip(
            "%s%n%s%n%s, NFE %s%n%s"
                .formatted(name, run.text(), cost, figure, RecentRuns.name(run.file()))));
    setAccessibleText(
        "%s%s, %s, %s, NFE %s%s"
            .formatted(
                shown ? "Shown: " : "",
                name,
                run.text(),
                cost,
                figure,
                node.depth() > 0 ? ", a branch of depth " + node.depth() : ""));
    var dot = new Circle(DOT);
    dot.getStyleClass().add("branch-dot");
    dot.pseudoClassStateChanged(SHOWN, shown);
    return row(node.depth(), dot, name, figure, run.text(), cost);
  }

  private Node refused(Session.Refused refused) {
    String why = refused.why().sentence();
    setTooltip(new Tooltip(why + "\nClick to have the form as it was."));
    String asked =
        "%s · %s · %d"
            .formatted(refused.asked().model(), refused.asked().sampler(), refused.asked().seed());
    setAccessibleText("Not started: " + asked + ". " + why);
    return row(0, icon(CarbonIcons.CLOSE), asked, "–", why, "not started");
  }

  private static Node icon(Ikon ikon) {
    var icon = new FontIcon(ikon);
    icon.setIconSize(12);
    return icon;
  }

  private static Node row(
      int depth, Node sign, String title, String figure, String text, String note) {
    var place = new VBox(sign);
    place.setPadding(new Insets(4, 0, 0, depth * INDENT));
    place.setMinWidth(USE_PREF_SIZE);
    var lines = new VBox(1, line(title, "run-title", figure), line(text, "run-text", note));
    HBox.setHgrow(lines, Priority.ALWAYS);
    lines.setMinWidth(0);
    return new HBox(8, place, lines);
  }

  private static Node line(String words, String style, String figure) {
    Label left = Controls.label(words, style);
    left.setMinWidth(0);
    Label right = Controls.label(figure, "run-figure");
    right.setMinWidth(USE_PREF_SIZE);
    var line = new HBox(6, left, Controls.spring(), right);
    line.setAlignment(Pos.BASELINE_LEFT);
    return line;
  }
}
