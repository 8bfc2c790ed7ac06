package dev.unmask.app.window;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import java.util.Locale;
import javafx.event.Event;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The list of all shortcuts. */
final class ShortcutsPane extends StackPane implements Overlay {
  private final ScrollPane scroll;
  private final Runnable closed;

  ShortcutsPane(Actions actions, Runnable closed) {
    this.closed = closed;
    getStyleClass().add("palette-shade");
    var lists = new FlowPane(36, 20);
    lists.setPrefWrapLength(900);
    actions.groups().forEach(group -> lists.getChildren().add(list(group)));
    scroll = new ScrollPane(lists);
    scroll.setFitToWidth(true);
    var card = new VBox(12, Controls.heading("SHORTCUTS"), scroll);
    card.getStyleClass().addAll("palette", "shortcuts");
    card.setId("shortcuts");
    getChildren().add(card);
    setVisible(false);
    card.setOnMousePressed(Event::consume);
    setOnMousePressed(pressed -> close());
  }

  /** Opens it. */
  void open() {
    setVisible(true);
    scroll.requestFocus();
  }

  @Override
  public boolean isOpen() {
    return isVisible();
  }

  @Override
  public void close() {
    setVisible(false);
    closed.run();
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
