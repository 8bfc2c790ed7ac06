package dev.unmask.app.window;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.key;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.EDUCATION;
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

  HelpActions(Runnable openPalette, Runnable openShortcuts, Tour guide, Conditions when) {
    palette =
        new Action("Search actions …", SEARCH, control(KeyCode.K), when.always(), openPalette)
            .also("find command");
    shortcuts =
        new Action("Shortcuts", KEYBOARD, key(KeyCode.F1), when.always(), openShortcuts)
            .also("keys keyboard help");
    tour =
        new Action("Tour", EDUCATION, NO_KEY, when.always(), guide::start)
            .also("walk through guide introduction tutorial");
  }

  /** As the menu lists them. */
  List<Action> all() {
    return List.of(palette, shortcuts, tour);
  }
}
