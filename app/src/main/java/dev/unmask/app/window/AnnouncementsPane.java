package dev.unmask.app.window;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Announcements.Announcement;
import dev.unmask.app.session.FileManager;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** What was done on the side, told above the transport for a while or until it is closed. */
final class AnnouncementsPane extends VBox {
  /** More would hide what they are about. */
  private static final int MOST = 4;

  private final Consumer<String> problem;

  /**
   * With nothing told yet.
   *
   * @param goingOn stands below what was done
   * @param problem is told why a folder could not be shown; on any thread
   */
  AnnouncementsPane(Node goingOn, Consumer<String> problem) {
    super(8);
    this.problem = problem;
    getStyleClass().add("announcements");
    setAlignment(Pos.BOTTOM_RIGHT);
    setPickOnBounds(false);
    getChildren().add(goingOn);
  }

  /** Tells something for so long; where it is of a file, with a button that shows its folder. */
  void tell(Announcement said, Duration shown) {
    Label words = Controls.label(said.sentence(), "sentence");
    words.setWrapText(true);
    words.setMinHeight(USE_PREF_SIZE);
    words.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(words, Priority.ALWAYS);
    var close = new Button("", new FontIcon(CarbonIcons.CLOSE));
    close.getStyleClass().add("row-button");
    close.setAccessibleText("Close");
    var card = new HBox(10, words, close);
    card.getStyleClass().add("announcement");
    card.setAlignment(Pos.CENTER_LEFT);
    close.setOnAction(pressed -> getChildren().remove(card));
    said.file().ifPresent(file -> card.getChildren().add(1, shows(file)));
    getChildren().add(getChildren().size() - 1, card);
    if (getChildren().size() > MOST + 1) {
      getChildren().removeFirst();
    }
    var pause = new PauseTransition(shown);
    pause.setOnFinished(ended -> getChildren().remove(card));
    pause.play();
  }

  private Button shows(Path file) {
    var show = new Button("Show in folder");
    show.getStyleClass().add("small");
    show.setMinWidth(USE_PREF_SIZE);
    show.setOnAction(pressed -> FileManager.show(file, problem));
    return show;
  }
}
