package dev.unmask.app.controls;

import dev.unmask.app.session.Transport;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

/** What a page shows. */
public interface PageView {
  /** The node that fills the page. */
  Node node();

  /** What is set up and started here. */
  default PageRun run() {
    return PageRun.none();
  }

  /** Changes where the page shows something else, whose run and transport are others. */
  default ObservableValue<?> face() {
    return new SimpleObjectProperty<>("");
  }

  /** What the transport moves while the page is open; empty for the steps of the run. */
  default Optional<Transport> transport() {
    return Optional.empty();
  }

  /**
   * Does what a key means on this page alone, wherever the focus is.
   *
   * @return whether it means anything here
   */
  default boolean press(KeyCode key) {
    return false;
  }

  /** Shows what there is to show now; called once a pulse while the page is open. */
  void refresh();
}
