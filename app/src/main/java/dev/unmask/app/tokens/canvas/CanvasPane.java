package dev.unmask.app.tokens.canvas;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.TextView;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.inspector.Inspection;
import dev.unmask.app.tokens.inspector.Narration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;
import javafx.util.Duration;

/** The canvas, with the cell under the mouse marked and told about. */
public final class CanvasPane extends StackPane {
  private static final double MARGIN = 2;
  private static final double NOTCH = 1.15;

  private final Session session;
  private final PaintedPane<Frame> picture;
  private final Rectangle hover = new Rectangle();
  private final Tooltip tooltip = new Tooltip();
  private Optional<Point2D> mouse = Optional.empty();
  private Frame told;

  public CanvasPane(Session session, Executor painting, Appearance appearance) {
    this.session = session;
    picture = new PaintedPane<>(new CanvasPainter(), painting, appearance);
    hover.getStyleClass().add("hover");
    hover.setManaged(false);
    hover.setVisible(false);
    hover.setMouseTransparent(true);
    getChildren().addAll(picture, hover);
    setPadding(Insets.EMPTY);
    setMinSize(0, 0);
    setId("canvas");
    setAccessibleRole(AccessibleRole.TEXT);
    tooltip.setShowDelay(Duration.millis(350));
    Tooltip.install(this, tooltip);
    setOnScroll(this::scroll);
    setOnMousePressed(this::select);
    setOnMouseMoved(moved -> point(place(moved)));
    setOnMouseExited(left -> leave());
  }

  private static Point2D place(MouseEvent event) {
    return new Point2D(event.getX(), event.getY());
  }

  private void leave() {
    mouse = Optional.empty();
    hover.setVisible(false);
  }

  /** The frame that is on the screen. */
  public Optional<Frame> shown() {
    return picture.shown();
  }

  /** Shows a frame. */
  public void show(Frame frame) {
    picture.show(frame);
    if (frame.view().text().flows() && told != null && told.selection() != frame.selection()) {
      reveal(frame);
    }
    if (!frame.equals(told)) {
      told = frame;
      mouse.ifPresent(this::point);
      setAccessibleText(Narration.of(frame));
    }
  }

  /** Scrolls the text to the selected token. */
  private void reveal(Frame frame) {
    if (frame.selection() >= 0) {
      TextView text = frame.view().text();
      CanvasLayout layout = CanvasLayout.below(Card.LINE, picture.sized(frame));
      read(text.at(layout.revealing(frame.selection(), text.from())));
    }
  }

  /** With Ctrl larger or smaller, from cells to a text and back; else along the text. */
  private void scroll(ScrollEvent scrolled) {
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame -> {
              TextView text = session.viewProperty().get().text();
              if (scrolled.isShortcutDown()) {
                read(text.zoomed(scrolled.getDeltaY() > 0 ? NOTCH : 1 / NOTCH));
              } else if (text.flows()) {
                double further = CanvasLayout.below(Card.LINE, picture.sized(frame)).further();
                double from = Math.min(text.from(), further);
                read(text.at(Math.min(further, from - scrolled.getDeltaY() / picture.zoom())));
              }
            });
    scrolled.consume();
  }

  private void read(TextView text) {
    session.viewProperty().set(session.viewProperty().get().text(text));
  }

  private void select(MouseEvent pressed) {
    session
        .frameProperty()
        .get()
        .ifPresent(frame -> session.selectionProperty().set(positionAt(frame, place(pressed))));
  }

  private void point(Point2D at) {
    mouse = Optional.of(at);
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame -> {
              int position = positionAt(frame, at);
              hover.setVisible(position >= 0);
              if (position >= 0) {
                mark(frame, position);
              }
              tooltip.setText(
                  position < 0
                      ? "Click a token to select it everywhere; scroll with Ctrl to read it as a"
                          + " text"
                      : Inspection.of(frame.selecting(position)).summary());
            });
  }

  private int positionAt(Frame frame, Point2D at) {
    double zoom = picture.zoom();
    return CanvasPainter.positionAt(picture.sized(frame), at.getX() / zoom, at.getY() / zoom);
  }

  private void mark(Frame frame, int position) {
    double zoom = picture.zoom();
    CanvasPainter.cellOf(picture.sized(frame), position)
        .ifPresent(
            cell -> {
              hover.setX((cell.x - MARGIN) * zoom);
              hover.setY((cell.y - MARGIN) * zoom);
              hover.setWidth((cell.width + 2 * MARGIN) * zoom);
              hover.setHeight((cell.height + 2 * MARGIN) * zoom);
            });
  }
}
