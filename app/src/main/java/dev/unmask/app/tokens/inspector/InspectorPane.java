package dev.unmask.app.tokens.inspector;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.picture.View;
import dev.unmask.app.picture.Visible;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/** Tells about the selected token: its candidates, its history, and why it is as it is. */
public final class InspectorPane extends VBox {
  private final Label title = Controls.heading("TOKEN");
  private final Label token = Controls.label("", "token");
  private final Label why = Controls.label("", "why");
  private final Label heading = Controls.heading("");
  private final Label hint =
      Controls.label(
          "Select a token on the canvas or the timeline to see what was decided, and why.", "hint");
  private final VBox candidates = new VBox();
  private final PaintedPane<Frame> history;
  private final Rectangle line = new Rectangle(1, 0);
  private final VBox details;
  private Frame shown;

  public InspectorPane(Executor painting, Appearance appearance) {
    setSpacing(12);
    hint.setWrapText(true);
    why.setWrapText(true);
    why.setMaxWidth(Double.MAX_VALUE);
    why.setMinHeight(Region.USE_PREF_SIZE);
    candidates.getStyleClass().add("candidates");
    history = new PaintedPane<>(new HistoryPainter(), painting, appearance);
    history.setPrefHeight(170);
    line.getStyleClass().add("playhead");
    line.setManaged(false);
    details =
        new VBox(
            token,
            why,
            heading,
            candidates,
            Controls.heading("HISTORY"),
            new StackPane(history, line));
    details.getStyleClass().add("rows");
    getChildren().addAll(title, hint, details);
    clear();
  }

  /** Shows what a frame has selected. */
  public void show(Frame frame) {
    if (frame.selection() < 0 || frame.selection() >= frame.state().length()) {
      clear();
      return;
    }
    if (!frame.equals(shown)) {
      shown = frame;
      tell(Inspection.of(frame));
    }
    reveal(true);
    history.show(frame.at(0).in(Phase.DECIDED).viewed(View.WHOLE));
    line.setX(Math.round(HistoryPainter.x(history.sized(frame), frame.step()) * history.zoom()));
    line.setHeight(history.getHeight());
  }

  private void tell(Inspection inspection) {
    title.setText(inspection.title());
    String text = Visible.text(inspection.cell().text());
    token.setText(text.isEmpty() ? "[MASK]" : text);
    why.setText(inspection.why());
    heading.setText(headline(inspection));
    List<Inspection.Candidate> found = inspection.candidates();
    while (candidates.getChildren().size() < found.size()) {
      candidates.getChildren().add(new CandidateRow());
    }
    for (int i = 0; i < candidates.getChildren().size(); i++) {
      CandidateRow row = (CandidateRow) candidates.getChildren().get(i);
      if (i < found.size()) {
        row.show(found.get(i));
      } else {
        row.setVisible(false);
      }
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

  /** One candidate with its probability; it is used again for others, for that is much faster. */
  static final class CandidateRow extends HBox {
    private static final double TOKEN_WIDTH = 92;
    private static final double BAR_WIDTH = 104;
    private static final double BAR_HEIGHT = 7;
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Label token = Controls.label("", "candidate");
    private final Label figure = Controls.label("", "name");
    private final Region bar = new Region();

    CandidateRow() {
      super(10);
      setAlignment(Pos.CENTER_LEFT);
      token.setMinWidth(TOKEN_WIDTH);
      token.setPrefWidth(TOKEN_WIDTH);
      bar.getStyleClass().add("bar");
      bar.setManaged(false);
      var track = new Pane(bar);
      track.setMinSize(BAR_WIDTH, BAR_HEIGHT);
      track.setMaxSize(BAR_WIDTH, BAR_HEIGHT);
      getChildren().addAll(token, track, Controls.spring(), figure);
      managedProperty().bind(visibleProperty());
    }

    void show(Inspection.Candidate candidate) {
      token.setText(candidate.text());
      token.pseudoClassStateChanged(CHOSEN, candidate.chosen());
      figure.setText(candidate.figure());
      bar.resize(Math.max(2, candidate.probability() * BAR_WIDTH), BAR_HEIGHT);
      setVisible(true);
    }
  }
}
