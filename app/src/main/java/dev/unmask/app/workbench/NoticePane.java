package dev.unmask.app.workbench;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;

/** A line above the pictures, for what there is to say about the run. */
final class NoticePane extends HBox {
  private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

  private final ProgressIndicator busy = new ProgressIndicator();
  private final Label sentence = Controls.label("", "sentence");

  NoticePane() {
    super(12);
    getStyleClass().add("notice");
    setAlignment(Pos.CENTER_LEFT);
    busy.setPrefSize(20, 20);
    busy.setMinSize(20, 20);
    sentence.setId("notice");
    sentence.setWrapText(true);
    getChildren().addAll(busy, sentence);
  }

  void show(Notice notice) {
    sentence.setText(notice.sentence());
    busy.setVisible(notice.kind() == Notice.Kind.BUSY);
    busy.setManaged(busy.isVisible());
    setVisible(notice.kind() != Notice.Kind.NONE);
    setManaged(isVisible());
    pseudoClassStateChanged(PROBLEM, notice.kind() == Notice.Kind.PROBLEM);
  }
}
