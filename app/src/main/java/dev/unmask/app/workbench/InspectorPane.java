package dev.unmask.app.workbench;

import dev.unmask.app.inspector.HistoryPainter;
import dev.unmask.app.inspector.Inspection;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Theme;
import java.util.concurrent.Executor;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Tells about the selected token: its candidates, its history, and why it is as it is. */
final class InspectorPane extends VBox {
  private static final double BAR_WIDTH = 96;

  private final Label title = Controls.heading("TOKEN");
  private final Label token = Controls.label("", "token");
  private final Label why = Controls.label("", "why");
  private final Label heading = Controls.heading("");
  private final Label hint =
      Controls.label(
          "Select a token on the canvas or the timeline to see what was decided, and why.", "hint");
  private final GridPane candidates = new GridPane();
  private final PaintedPane history;
  private final VBox details;
  private Frame shown;

  InspectorPane(Executor painting) {
    getStyleClass().addAll("side-panel", "inspector");
    hint.setWrapText(true);
    why.setWrapText(true);
    why.setMaxWidth(Double.MAX_VALUE);
    why.setMinHeight(Region.USE_PREF_SIZE);
    candidates.getStyleClass().add("candidates");
    candidates
        .getColumnConstraints()
        .addAll(column(HPos.LEFT), column(HPos.LEFT), column(HPos.RIGHT));
    history = new PaintedPane(new HistoryPainter(), painting);
    history.setPrefHeight(110);
    details = new VBox(token, why, heading, candidates, Controls.heading("HISTORY"), history);
    details.getStyleClass().add("rows");
    getChildren().addAll(title, hint, details);
    clear();
  }

  /** Shows what a frame has selected. */
  void show(Frame frame, Theme theme) {
    if (frame.selection() < 0 || frame.selection() >= frame.state().length()) {
      clear();
      return;
    }
    if (!frame.equals(shown)) {
      shown = frame;
      tell(Inspection.of(frame));
    }
    reveal(true);
    history.show(frame, theme);
  }

  private void tell(Inspection inspection) {
    title.setText(inspection.title());
    String text = Visible.text(inspection.cell().text());
    token.setText(text.isEmpty() ? "[MASK]" : text);
    why.setText(inspection.why());
    heading.setText(
        inspection.predictedAt() == 0
            ? "CANDIDATES: NOT ASKED YET"
            : "CANDIDATES AT STEP " + inspection.predictedAt());
    candidates.getChildren().clear();
    int row = 0;
    for (Inspection.Candidate candidate : inspection.candidates()) {
      Label words = Controls.label(candidate.text(), "candidate");
      candidates.addRow(row++, words, bar(candidate), Controls.label(candidate.figure(), "name"));
    }
  }

  private void clear() {
    shown = null;
    title.setText("TOKEN");
    reveal(false);
  }

  private void reveal(boolean selected) {
    details.setVisible(selected);
    details.setManaged(selected);
    hint.setVisible(!selected);
    hint.setManaged(!selected);
  }

  private static Node bar(Inspection.Candidate candidate) {
    var bar = new Region();
    bar.getStyleClass().add("bar");
    double width = Math.max(2, candidate.probability() * BAR_WIDTH);
    bar.setMinSize(width, 7);
    bar.setMaxSize(width, 7);
    var track = new Pane(bar);
    track.setMinSize(BAR_WIDTH, 7);
    track.setMaxSize(BAR_WIDTH, 7);
    return track;
  }

  private static ColumnConstraints column(HPos alignment) {
    var column = new ColumnConstraints();
    column.setHalignment(alignment);
    column.setHgrow(Priority.SOMETIMES);
    return column;
  }
}
