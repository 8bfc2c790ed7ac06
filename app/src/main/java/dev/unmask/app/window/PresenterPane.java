package dev.unmask.app.window;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.canvas.StagePainter;
import dev.unmask.app.tokens.inspector.Narration;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;

/**
 * The run alone on the screen, with its steps in a line below: for a talk. The keys of the
 * transport work, and a clicker's; P shows the predictions, Esc leaves.
 */
final class PresenterPane extends BorderPane {
  private final Session session;
  private final Executor painting;
  private final Appearance appearance;
  private final Scrubber scrubber;
  private final BooleanProperty presenting = new SimpleBooleanProperty();
  private boolean predictions;
  private PaintedPane<Frame> stage;

  PresenterPane(Session session, Executor painting, Appearance appearance) {
    this.session = session;
    this.painting = painting;
    this.appearance = appearance;
    getStyleClass().add("presenter");
    setId("presenter");
    scrubber = new Scrubber(session, painting, appearance);
    setBottom(scrubber);
    visibleProperty().bind(presenting);
    setAccessibleRole(AccessibleRole.TEXT);
    lay();
  }

  private void lay() {
    stage = new PaintedPane<>(new StagePainter(predictions), painting, appearance);
    setCenter(stage);
  }

  /** Takes the screen. */
  void open() {
    presenting.set(true);
    requestFocus();
  }

  boolean isOpen() {
    return presenting.get();
  }

  void close() {
    presenting.set(false);
  }

  /** Whether it has the screen. */
  BooleanProperty presentingProperty() {
    return presenting;
  }

  /** Does what a key means here; whether it means anything. */
  boolean press(KeyCode code) {
    switch (code) {
      case PAGE_DOWN -> session.playhead().forward();
      case PAGE_UP -> session.playhead().back();
      case P -> {
        predictions = !predictions;
        lay();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Shows the step of the playhead. */
  void refresh() {
    if (presenting.get()) {
      scrubber.refresh();
      session
          .frameProperty()
          .get()
          .ifPresent(
              frame -> {
                stage.show(frame.selecting(-1));
                setAccessibleText(Narration.of(frame));
              });
    }
  }
}
