package dev.unmask.app.workbench;

import dev.unmask.app.inspector.HistoryPainter;
import dev.unmask.app.inspector.Inspection;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.View;
import dev.unmask.app.picture.Visible;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.css.PseudoClass;
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
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

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

  InspectorPane(Executor painting, Appearance appearance) {
    getStyleClass().addAll("side-panel", "inspector");
    hint.setWrapText(true);
    why.setWrapText(true);
    why.setMaxWidth(Double.MAX_VALUE);
    why.setMinHeight(Region.USE_PREF_SIZE);
    candidates.getStyleClass().add("candidates");
    candidates
        .getColumnConstraints()
        .addAll(column(HPos.LEFT), column(HPos.LEFT), column(HPos.RIGHT));
    history = new PaintedPane(new HistoryPainter(), painting, appearance);
    history.setPrefHeight(170);
    details = new VBox(token, why, heading, candidates, Controls.heading("HISTORY"), history);
    details.getStyleClass().add("rows");
    getChildren().addAll(title, hint, details);
    clear();
  }

  /** Shows what a frame has selected. */
  void show(Frame frame) {
    if (frame.selection() < 0 || frame.selection() >= frame.state().length()) {
      clear();
      return;
    }
    if (!frame.equals(shown)) {
      shown = frame;
      tell(Inspection.of(frame));
    }
    reveal(true);
    history.show(frame.viewed(View.WHOLE));
  }

  private void tell(Inspection inspection) {
    title.setText(inspection.title());
    String text = Visible.text(inspection.cell().text());
    token.setText(text.isEmpty() ? "[MASK]" : text);
    why.setText(inspection.why());
    heading.setText(headline(inspection));
    candidates.getChildren().clear();
    int row = 0;
    for (Inspection.Candidate candidate : inspection.candidates()) {
      Label words = Controls.label(candidate.text(), "candidate");
      words.pseudoClassStateChanged(CHOSEN, candidate.chosen());
      candidates.addRow(row++, words, bar(candidate), Controls.label(candidate.figure(), "name"));
    }
  }

  private static String headline(Inspection inspection) {
    if (inspection.predictedAt() == 0) {
      return "CANDIDATES: NOT ASKED YET";
    }
    String entropy =
        Double.isNaN(inspection.entropy())
            ? ""
            : String.format(Locale.ROOT, " · ENTROPY %.2f NATS", inspection.entropy());
    return "CANDIDATES AT STEP " + inspection.predictedAt() + entropy;
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
