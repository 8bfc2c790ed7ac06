package dev.unmask.app.window;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The list of all shortcuts. */
final class ShortcutsPane extends Overlay {
  private final ScrollPane scroll;

  ShortcutsPane(Actions actions, Runnable closed) {
    super(closed);
    var lists = new FlowPane(36, 20);
    lists.setPrefWrapLength(900);
    actions.groups().forEach(group -> lists.getChildren().add(list(group)));
    scroll = new ScrollPane(lists);
    scroll.setFitToWidth(true);
    var card = new VBox(12, Controls.heading("SHORTCUTS"), scroll);
    card.getStyleClass().addAll("palette", "shortcuts");
    card.setId("shortcuts");
    lay(card);
  }

  /** Opens it. */
  void open() {
    setVisible(true);
    scroll.requestFocus();
  }

  private static VBox list(Actions.Group group) {
    var rows = new GridPane();
    rows.getStyleClass().add("candidates");
    int row = 0;
    for (Action action : group.actions()) {
      if (!action.keys().isEmpty()) {
        Label keys = Controls.label(action.keys(), "keys");
        keys.setMinWidth(USE_PREF_SIZE);
        rows.addRow(row++, keys, Controls.label(action.name(), "action-name"));
      }
    }
    return new VBox(8, Controls.heading(group.name().toUpperCase(Locale.ROOT)), rows);
  }
}
