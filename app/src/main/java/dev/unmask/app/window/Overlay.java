package dev.unmask.app.window;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** A card that lies over the window until it is closed: by Esc, or by a click beside it. */
abstract class Overlay extends StackPane {
  private final Runnable closed;

  /**
   * Closed at first.
   *
   * @param closed is told when it was closed
   */
  Overlay(Runnable closed) {
    this.closed = closed;
    getStyleClass().add("palette-shade");
    setVisible(false);
    setOnMousePressed(pressed -> close());
  }

  /** What lies over the window. */
  final void lay(Node card) {
    card.setOnMousePressed(Event::consume);
    getChildren().add(card);
  }

  final boolean isOpen() {
    return isVisible();
  }

  final void close() {
    setVisible(false);
    closed.run();
  }
}
