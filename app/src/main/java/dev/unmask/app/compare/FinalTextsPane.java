package dev.unmask.app.compare;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.History;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** The last texts of all runs, with the words underlined that are not the same in A. */
final class FinalTextsPane extends VBox {
  private final Label summary = Controls.label("", "hint");
  private final VBox texts = new VBox(8);

  FinalTextsPane() {
    super(8);
    getStyleClass().add("card");
    Label heading = Controls.heading("FINAL TEXTS");
    heading.setMinWidth(USE_PREF_SIZE);
    var head = new HBox(8, heading, Controls.spring(), summary);
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(head, texts);
  }

  /**
   * Shows the texts.
   *
   * @param beside the run that A's own differences are shown from, from 1
   */
  void show(ComparedRuns compared, int beside) {
    List<Node> rows = new ArrayList<>();
    List<History> runs = compared.runs();
    List<WordDiff> diffs =
        compared.others().stream()
            .map(
                other ->
                    WordDiff.of(
                        other.pair().left(),
                        other.leftPlaces().length - 1,
                        other.pair().right(),
                        other.rightPlaces().length - 1))
            .toList();
    for (int i = 0; i < runs.size(); i++) {
      List<WordDiff.Stretch> stretches =
          diffs.isEmpty()
              ? List.of(new WordDiff.Stretch(WordDiff.text(runs.getFirst(), last(compared)), false))
              : i == 0 ? diffs.get(beside - 1).left() : diffs.get(i - 1).right();
      rows.add(row(RunLetter.of(i), stretches));
    }
    texts.getChildren().setAll(rows);
    summary.setText(compared.others().isEmpty() ? "" : words(compared, beside));
  }

  private static int last(ComparedRuns compared) {
    return compared.places().getFirst().length - 1;
  }

  /** In their places: a text that was shifted differs everywhere, though not by its words. */
  private static String words(ComparedRuns compared, int beside) {
    JointLives lives = compared.others().get(beside - 1);
    String which = compared.others().size() > 1 ? "A, " + RunLetter.of(beside) + ": " : "";
    return "%s%d of %d tokens differ"
        .formatted(which, lives.differing().cardinality(), lives.pair().length());
  }

  private static Node row(RunLetter letter, List<WordDiff.Stretch> stretches) {
    var flow = new TextFlow();
    flow.getStyleClass().add("final-text");
    for (WordDiff.Stretch stretch : stretches) {
      if (stretch.differs()) {
        mark(flow, stretch.text(), letter);
      } else {
        flow.getChildren().add(same(stretch.text()));
      }
    }
    HBox.setHgrow(flow, Priority.ALWAYS);
    var row = new HBox(10, new RunBadge(letter), flow);
    row.setAlignment(Pos.TOP_LEFT);
    return row;
  }

  private static Text same(String words) {
    var text = new Text(words);
    text.getStyleClass().add("same-words");
    return text;
  }

  /** Each word has its own line below it, so that it can stand at a line's end. */
  private static void mark(TextFlow flow, String words, RunLetter letter) {
    for (String part : words.split("(?<=\\S)(?=\\s)|(?<=\\s)(?=\\S)")) {
      if (part.isBlank()) {
        flow.getChildren().add(same(part));
      } else {
        Label word = Controls.label(part, "differing-word");
        word.getStyleClass().add(RunBadge.style(letter));
        flow.getChildren().add(word);
      }
    }
  }
}
