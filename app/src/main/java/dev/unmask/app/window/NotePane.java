package dev.unmask.app.window;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Bookmarks;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Asks for the note of a bookmark. */
final class NotePane extends Overlay {
  private final Bookmarks bookmarks;
  private final Label heading = Controls.heading("");
  private final TextField note = new TextField();
  private int step;

  NotePane(Bookmarks bookmarks, Runnable closed) {
    super(closed);
    this.bookmarks = bookmarks;
    setAlignment(Pos.TOP_CENTER);
    note.setId("note");
    note.setPromptText("What there is to see here");
    var card = new VBox(10, heading, note);
    card.getStyleClass().add("palette");
    card.setMaxHeight(USE_PREF_SIZE);
    lay(card);
    note.setOnAction(entered -> keep());
  }

  /** Opens it on a step, marked or not. */
  void open(int markedStep) {
    step = markedStep;
    heading.setText("NOTE FOR STEP " + step);
    note.setText(bookmarks.at(step).map(Bookmarks.Bookmark::note).orElse(""));
    setVisible(true);
    note.requestFocus();
    note.end();
  }

  private void keep() {
    bookmarks.put(step, note.getText().strip());
    close();
  }
}
