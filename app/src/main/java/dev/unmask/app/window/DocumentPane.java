package dev.unmask.app.window;

import dev.unmask.app.controls.Controls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A text that the program brings, to be read over the window: the manual, or the licences. */
final class DocumentPane extends Overlay {
  private final Label heading = Controls.heading("");
  private final TextArea text = new TextArea();

  DocumentPane(Runnable closed) {
    super(closed);
    text.setEditable(false);
    text.setWrapText(true);
    text.setId("document");
    VBox.setVgrow(text, Priority.ALWAYS);
    var card = new VBox(12, heading, text);
    card.getStyleClass().addAll("palette", "document");
    lay(card);
  }

  /**
   * Opens it.
   *
   * @param resource beside this class
   */
  void open(String title, String resource) {
    heading.setText(title);
    text.setText(read(resource));
    text.setAccessibleText(title);
    setVisible(true);
    text.requestFocus();
    text.home();
  }

  private static String read(String resource) {
    try (InputStream in = DocumentPane.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
