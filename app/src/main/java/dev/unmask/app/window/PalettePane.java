package dev.unmask.app.window;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** Finds an action by its name and does it. */
final class PalettePane extends Overlay {
  private final TextField query = new TextField();
  private final ListView<Action> found = new ListView<>();
  private final Function<String, List<Action>> search;

  /**
   * Not open yet.
   *
   * @param search the actions that fit what is typed
   * @param closed is told when the palette was closed
   */
  PalettePane(Function<String, List<Action>> search, Runnable closed) {
    super(closed);
    this.search = search;
    setAlignment(Pos.TOP_CENTER);
    query.setPromptText("Type what you want to do, or: step 40, token 12, a sampler, a run");
    query.setId("palette");
    query.setAccessibleText("Search actions");
    found.setCellFactory(list -> new Cell());
    found.setFocusTraversable(false);
    found.setAccessibleText("Actions");
    found.setPlaceholder(
        Controls.label(
            "Nothing has these words. Try: theme, step 12, token 3, a sampler.", "hint"));
    var card = new VBox(8, query, found);
    card.getStyleClass().add("palette");
    lay(card);
    query.textProperty().addListener((seen, before, now) -> list(now));
    query.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    found.setOnMouseClicked(clicked -> choose());
  }

  /** Opens it with a query. */
  void open(String first) {
    query.setText(first);
    list(first);
    setVisible(true);
    query.requestFocus();
    query.end();
  }

  private void list(String words) {
    found.getItems().setAll(search.apply(words));
    found.getSelectionModel().selectFirst();
    found.scrollTo(0);
  }

  private void press(KeyEvent pressed) {
    int chosen = found.getSelectionModel().getSelectedIndex();
    switch (pressed.getCode()) {
      case KeyCode.DOWN -> select(chosen + 1);
      case KeyCode.UP -> select(chosen - 1);
      case KeyCode.ENTER -> choose();
      default -> {
        return;
      }
    }
    pressed.consume();
  }

  private void select(int index) {
    found
        .getSelectionModel()
        .select(Math.clamp(index, 0, Math.max(0, found.getItems().size() - 1)));
    found.scrollTo(Math.max(0, found.getSelectionModel().getSelectedIndex() - 4));
  }

  private void choose() {
    Action chosen = found.getSelectionModel().getSelectedItem();
    if (chosen != null && chosen.enabled().get()) {
      close();
      chosen.attempt();
    }
  }

  /** An action with its icon, its name and its keys. */
  private static final class Cell extends ListCell<Action> {
    @Override
    protected void updateItem(Action action, boolean empty) {
      super.updateItem(action, empty);
      if (empty || action == null) {
        setGraphic(null);
        return;
      }
      Label name = Controls.label(action.name(), "action-name");
      Label keys = Controls.label(action.keys(), "keys");
      var row = new HBox(10, new FontIcon(action.icon()), name, Controls.spring(), keys);
      row.setAlignment(Pos.CENTER_LEFT);
      row.setDisable(!action.enabled().get());
      setGraphic(row);
    }
  }
}
