package dev.unmask.app.window;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Bookmarks;
import dev.unmask.app.session.Bookmarks.Bookmark;
import dev.unmask.app.session.Session;
import java.util.function.IntConsumer;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * The marked steps of the run that is shown. A click or Enter goes there, F2 changes the note,
 * Delete takes the mark away.
 */
final class BookmarksPane extends VBox {
  private final ListView<Bookmark> list;

  /**
   * Of a session.
   *
   * @param note asks for the note of a step
   */
  BookmarksPane(Session session, IntConsumer note) {
    Bookmarks bookmarks = session.bookmarks();
    list = new ListView<>(bookmarks.marks());
    list.setId("bookmarks-list");
    list.getStyleClass().add("left-list");
    list.setAccessibleText("Bookmarks");
    list.setPlaceholder(Controls.label("B marks the step that is shown.", "hint"));
    list.setCellFactory(
        made -> {
          var cell = new Cell();
          cell.setOnMouseClicked(clicked -> go(session));
          return cell;
        });
    list.addEventHandler(
        KeyEvent.KEY_PRESSED,
        pressed -> {
          Bookmark chosen = list.getSelectionModel().getSelectedItem();
          if (chosen == null) {
            return;
          }
          if (pressed.getCode() == KeyCode.ENTER) {
            go(session);
          } else if (pressed.getCode() == KeyCode.DELETE) {
            bookmarks.remove(chosen.step());
          } else if (pressed.getCode() == KeyCode.F2) {
            note.accept(chosen.step());
          } else {
            return;
          }
          pressed.consume();
        });
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().add(list);
  }

  private void go(Session session) {
    Bookmark chosen = list.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      session.playhead().seek(chosen.step());
    }
  }

  /** A bookmark in its words. */
  private static final class Cell extends ListCell<Bookmark> {
    @Override
    protected void updateItem(Bookmark mark, boolean empty) {
      super.updateItem(mark, empty);
      setText(empty || mark == null ? "" : mark.words());
      setWrapText(true);
      setPrefWidth(0);
    }
  }
}
