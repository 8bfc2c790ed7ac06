package dev.unmask.app.window;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Notice;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.RemedyButton;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** What begins, with a way to give it up, or what went wrong, with what would help. */
final class BannerPane extends HBox {
  private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

  private final Session session;
  private final ProgressIndicator busy = new ProgressIndicator();
  private final FontIcon warning = new FontIcon(CarbonIcons.WARNING_ALT);
  private final Label sentence = Controls.label("", "sentence");
  private final RemedyButton remedy;
  private final Button close = new Button();

  BannerPane(Session session, RemedyButton remedy) {
    super(12);
    this.session = session;
    this.remedy = remedy;
    getStyleClass().add("banner");
    setAlignment(Pos.CENTER_LEFT);
    busy.setPrefSize(20, 20);
    busy.setMinSize(20, 20);
    sentence.setId("banner");
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    sentence.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(sentence, Priority.ALWAYS);
    remedy.setId("remedy");
    close.setId("banner-close");
    close.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(busy, warning, sentence, remedy, close);
    List.of(busy, warning, sentence, close)
        .forEach(node -> node.managedProperty().bind(node.visibleProperty()));
  }

  /** Shows what there is to say now. */
  void refresh() {
    Notice notice = Notice.above(session);
    boolean problem = notice.kind() == Notice.Kind.PROBLEM;
    setVisible(notice.kind() != Notice.Kind.NONE);
    setManaged(isVisible());
    pseudoClassStateChanged(PROBLEM, problem);
    sentence.setText(notice.sentence());
    busy.setVisible(!problem);
    warning.setVisible(problem);
    remedy.show(session.problemProperty().get());
    if (problem) {
      closes("Dismiss", session::dismiss);
    } else {
      closes("Cancel", session::cancel);
    }
  }

  private void closes(String words, Runnable does) {
    close.setText(words);
    close.setOnAction(pressed -> does.run());
  }
}
