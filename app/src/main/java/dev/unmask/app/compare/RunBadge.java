package dev.unmask.app.compare;

import java.util.Locale;
import javafx.scene.control.Label;

/** The letter of a run in a ring that is drawn as its lines are. */
final class RunBadge extends Label {
  RunBadge(RunLetter letter) {
    super(letter.name());
    getStyleClass().addAll("badge", style(letter));
    setAccessibleText("Run " + letter + ", " + letter.line());
  }

  /** The class that styles what belongs to a run. */
  static String style(RunLetter letter) {
    return letter.name().toLowerCase(Locale.ROOT);
  }
}
