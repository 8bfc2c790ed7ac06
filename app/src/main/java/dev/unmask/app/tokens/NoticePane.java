package dev.unmask.app.tokens;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Notice;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * What there is to say about the run: above the pictures, or in their place with what can be done.
 */
public final class NoticePane extends VBox {
  private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
  private final ProgressIndicator busy = new ProgressIndicator();
  private final FontIcon icon = new FontIcon(CarbonIcons.INFORMATION);
  private final Label sentence = Controls.label("", "sentence");
  private final HBox ways;
  private final HBox answers;

  /**
   * With buttons.
   *
   * @param ways to begin, where there is nothing else to see
   * @param yes the answer to a question that goes on
   * @param no the other one
   */
  public NoticePane(List<Action> ways, Action yes, Action no) {
    super(12);
    getStyleClass().add("notice");
    busy.setPrefSize(20, 20);
    busy.setMinSize(20, 20);
    busy.managedProperty().bind(busy.visibleProperty());
    icon.managedProperty().bind(icon.visibleProperty());
    sentence.setId("notice");
    sentence.setWrapText(true);
    this.ways = new HBox(8, ways.stream().map(Controls::button).toArray(Button[]::new));
    this.ways.managedProperty().bind(this.ways.visibleProperty());
    Button allow = Controls.button(yes);
    allow.setId("allow-sampler");
    allow.visibleProperty().bind(yes.enabled());
    allow.managedProperty().bind(allow.visibleProperty());
    Button leave = Controls.button(no);
    leave.setId("leave-sampler");
    answers = new HBox(8, allow, leave);
    answers.managedProperty().bind(answers.visibleProperty());
    var line = new HBox(12, busy, icon, sentence);
    line.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(line, this.ways, answers);
  }

  /**
   * Shows a notice.
   *
   * @param alone whether there is nothing else to see
   */
  void show(Notice notice, boolean alone) {
    sentence.setText(notice.sentence());
    busy.setVisible(notice.kind() == Notice.Kind.BUSY);
    icon.setVisible(notice.kind() != Notice.Kind.BUSY);
    boolean problem = notice.kind() == Notice.Kind.PROBLEM;
    icon.setIconCode(problem ? CarbonIcons.WARNING_ALT : CarbonIcons.INFORMATION);
    ways.setVisible(alone && notice.kind() != Notice.Kind.BUSY);
    answers.setVisible(notice.kind() == Notice.Kind.QUESTION);
    setVisible(notice.kind() != Notice.Kind.NONE);
    setManaged(isVisible());
    pseudoClassStateChanged(PROBLEM, problem);
  }
}
