package dev.unmask.app.compare;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.tokens.inspector.Inspection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The selected token in every run: what it is there, why, and what it could have become. */
final class BothTokensPane extends VBox {
  private static final int CANDIDATES = 4;

  private final Label title = Controls.heading("");
  private final VBox rows = new VBox(10);
  private List<Frame> shown = List.of();

  BothTokensPane() {
    super(8);
    getStyleClass().add("card");
    managedProperty().bind(visibleProperty());
    getChildren().addAll(title, rows);
  }

  /** Shows what these frames, one of each run, have at a position; −1 for none. */
  void show(List<Frame> frames, int position) {
    boolean selected = position >= 0;
    setVisible(selected);
    List<Frame> now = frames.stream().map(frame -> frame.selecting(position)).toList();
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    title.setText("TOKEN " + position);
    rows.getChildren().clear();
    for (int i = 0; selected && i < now.size(); i++) {
      rows.getChildren().add(row(RunLetter.of(i), now.get(i)));
    }
  }

  private static Node row(RunLetter letter, Frame frame) {
    var told = new VBox(3);
    if (frame.selection() >= frame.state().length()) {
      told.getChildren().add(Controls.label("This run has no such position.", "hint"));
    } else {
      Inspection inspection = Inspection.of(frame);
      String text = Visible.text(inspection.cell().text());
      Label token = Controls.label(text.isEmpty() ? "[MASK]" : text, "candidate");
      Label step =
          Controls.label(
              "step %d, %s".formatted(frame.step(), inspection.cell().look().words()), "name");
      var head = new HBox(10, token, step);
      head.setAlignment(Pos.BASELINE_LEFT);
      told.getChildren().addAll(head, wrapped(inspection.why(), "figures"));
      String candidates = candidates(inspection);
      if (!candidates.isEmpty()) {
        told.getChildren().add(wrapped(candidates, "hint"));
      }
    }
    HBox.setHgrow(told, Priority.ALWAYS);
    var row = new HBox(10, new RunBadge(letter), told);
    row.setAlignment(Pos.TOP_LEFT);
    return row;
  }

  private static Label wrapped(String words, String style) {
    Label label = Controls.label(words, style);
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }

  /** "Step 12 predicted ·Max 0.52, ·Spot 0.31, of entropy 1.20 nats." */
  private static String candidates(Inspection inspection) {
    if (inspection.candidates().isEmpty()) {
      return "";
    }
    String list =
        inspection.candidates().stream()
            .limit(CANDIDATES)
            .map(candidate -> candidate.text() + " " + candidate.figure())
            .collect(Collectors.joining(", "));
    String entropy =
        Double.isNaN(inspection.entropy())
            ? ""
            : String.format(Locale.ROOT, " of entropy %.2f nats", inspection.entropy());
    return "Step %d predicted%s: %s".formatted(inspection.predictedAt(), entropy, list);
  }
}
