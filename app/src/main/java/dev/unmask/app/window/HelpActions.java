package dev.unmask.app.window;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.key;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.DOCUMENT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.EDUCATION;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.INFORMATION;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.KEYBOARD;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SEARCH;

import dev.unmask.app.controls.Action;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.tokens.Tour;
import java.util.List;
import javafx.scene.input.KeyCode;

/** What helps to find one's way. */
final class HelpActions {
  final Action palette;
  final Action shortcuts;
  final Action tour;
  final Action manual;
  final Action about;

  HelpActions(
      Runnable openPalette,
      Runnable openShortcuts,
      Tour guide,
      Runnable openManual,
      Runnable openAbout,
      Conditions when) {
    palette =
        new Action("Search actions …", SEARCH, control(KeyCode.K), when.always(), openPalette)
            .also("find command");
    shortcuts =
        new Action("Shortcuts", KEYBOARD, key(KeyCode.F1), when.always(), openShortcuts)
            .also("keys keyboard help");
    tour =
        new Action("Tour", EDUCATION, NO_KEY, when.always(), guide::start)
            .also("walk through guide introduction tutorial");
    manual = new Action("Manual", DOCUMENT, NO_KEY, when.always(), openManual).also("readme docs");
    about =
        new Action("About Unmask", INFORMATION, NO_KEY, when.always(), openAbout)
            .also("version licence license");
  }

  /** As the menu lists them, with a line between what belongs together. */
  List<List<Action>> sections() {
    return List.of(List.of(palette, shortcuts, tour), List.of(manual, about));
  }
}
