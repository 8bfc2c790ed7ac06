package dev.unmask.app.compare;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.History;
import dev.unmask.engine.evaluation.TextBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the runs came to in figures, and how far two are from each other. */
final class FiguresPane extends VBox {
  private final CompareViewModel viewModel;
  private final GridPane table = new GridPane();
  private final Button ask = new Button("Ask the models");
  private List<List<String>> shown = List.of();

  FiguresPane(CompareViewModel viewModel) {
    super(8);
    this.viewModel = viewModel;
    getStyleClass().add("card");
    table.getStyleClass().add("figures-table");
    ask.setId("bounds");
    ask.getStyleClass().add("small");
    ask.setTooltip(
        new Tooltip("Ask each model what the final text is worth to it, in nats a token"));
    ask.setOnAction(
        pressed -> {
          if (viewModel.scoring()) {
            viewModel.cancelScoring();
          } else {
            viewModel.score();
          }
        });
    var head = new HBox(Controls.heading("AT THE END"), Controls.spring(), ask);
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(head, table);
  }

  /** Shows the figures of these. */
  void show(ComparedRuns compared) {
    ask.setText(viewModel.scoring() ? "Stop" : "Bounds: ask the models");
    List<List<String>> rows = rows(compared);
    if (!rows.equals(shown)) {
      shown = rows;
      lay(rows);
    }
  }

  private void lay(List<List<String>> rows) {
    table.getChildren().clear();
    table.getColumnConstraints().clear();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      var width = new ColumnConstraints();
      width.setHalignment(column == 0 ? HPos.LEFT : HPos.RIGHT);
      width.setHgrow(column == 0 ? Priority.ALWAYS : Priority.SOMETIMES);
      table.getColumnConstraints().add(width);
      for (int row = 0; row < rows.size(); row++) {
        Label cell =
            Controls.label(
                rows.get(row).get(column),
                row == 0 ? "head" : column == 0 || column > runs(rows) ? "name" : "figure");
        cell.setWrapText(true);
        table.add(cell, column, row);
      }
    }
  }

  private static int runs(List<List<String>> rows) {
    return (int) rows.getFirst().stream().filter(words -> words.length() == 1).count();
  }

  private List<List<String>> rows(ComparedRuns compared) {
    List<History> runs = compared.runs();
    boolean two = runs.size() == 2;
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    IntStream.range(0, runs.size()).forEach(run -> head.add(RunLetter.of(run).name()));
    if (two) {
      head.add("B against A");
    }
    rows.add(head);
    int[] steps = compared.places().stream().mapToInt(places -> places.length - 1).toArray();
    int[] evaluations =
        IntStream.range(0, steps.length)
            .map(run -> runs.get(run).moment(steps[run]).state().evaluations())
            .toArray();
    rows.add(row("Steps", IntStream.of(steps).mapToObj(Integer::toString), two, ""));
    rows.add(
        row(
            "NFE",
            IntStream.of(evaluations).mapToObj(n -> n < 0 ? "–" : Integer.toString(n)),
            two,
            two ? times(evaluations[1], evaluations[0], "more", "fewer") : ""));
    double[] each =
        IntStream.range(0, steps.length)
            .mapToDouble(run -> written(runs.get(run), steps[run]) / (double) evaluations[run])
            .toArray();
    rows.add(
        row(
            "Tokens per evaluation",
            IntStream.range(0, each.length)
                .mapToObj(
                    run ->
                        evaluations[run] > 0 ? String.format(Locale.ROOT, "%.2f", each[run]) : "–"),
            two,
            two && evaluations[0] > 0 && evaluations[1] > 0
                ? times(each[1], each[0], "more", "less")
                : ""));
    rows.add(
        row(
            "Bound, nats a token",
            IntStream.range(0, runs.size()).mapToObj(viewModel::boundWords),
            two,
            two ? bounds() : ""));
    rows.add(
        row(
            "Tokens that differ from A",
            IntStream.range(0, runs.size())
                .mapToObj(
                    run ->
                        run == 0
                            ? "–"
                            : Integer.toString(
                                compared.others().get(run - 1).differing().cardinality())),
            two,
            two ? share(compared.others().getFirst()) : ""));
    return rows;
  }

  private static List<String> row(String name, Stream<String> values, boolean two, String against) {
    List<String> row = new ArrayList<>(List.of(name));
    values.forEach(row::add);
    if (two) {
      row.add(against);
    }
    return row;
  }

  private static long written(History run, int step) {
    return IntStream.of(run.moment(step).since()).filter(since -> since > 0).count();
  }

  /** How much more or less one is than another, in words. */
  static String times(double one, double other, String more, String less) {
    if (one <= 0 || other <= 0) {
      return "";
    }
    double ratio = Math.max(one, other) / Math.min(one, other);
    String words = String.format(Locale.ROOT, "%.1f", ratio);
    return words.equals("1.0")
        ? one == other ? "equal" : "nearly equal"
        : "%s times %s".formatted(words, one > other ? more : less);
  }

  private String bounds() {
    Optional<TextBound> ours = viewModel.bound(0);
    Optional<TextBound> theirs = viewModel.bound(1);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return "";
    }
    double apart = theirs.get().natsPerToken() - ours.get().natsPerToken();
    return String.format(Locale.ROOT, "%.2f %s", Math.abs(apart), apart > 0 ? "higher" : "lower");
  }

  private static String share(JointLives lives) {
    int length = lives.pair().length();
    return "of %d (%d %%)"
        .formatted(
            length, Math.round(100.0 * lives.differing().cardinality() / Math.max(1, length)));
  }
}
