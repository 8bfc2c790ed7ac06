package dev.unmask.app.tokens.timeline;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.inspector.Inspection;
import dev.unmask.app.tokens.inspector.Narration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.util.Duration;

/**
 * The timeline. What does not depend on the playhead is painted; the playhead, the veil and the
 * selected row are nodes over it, so that they move without anything being painted.
 */
public final class TimelinePane extends Pane {
  private static final double NOTCH = 1.2;
  private static final double SIGN = 4;
  private static final double MAP_WIDTH = 168;
  private static final double MAP_HEIGHT = 72;
  private static final double MAP_MARGIN = 22;

  private final Session session;
  private final TimelineZoom zoom;
  private final PaintedPane<Frame> lives;
  private final PaintedPane<Frame> minimap;
  private final Rectangle veil = overlay("veil");
  private final Rectangle band = overlay("band");
  private final Rectangle hover = overlay("band");
  private final Rectangle line = overlay("playhead");
  private final Tooltip tooltip = new Tooltip();
  private Frame told;
  private double panX;
  private double panY;

  public TimelinePane(
      Session session, TimelineZoom zoom, Executor painting, Appearance appearance) {
    this.session = session;
    this.zoom = zoom;
    lives = new PaintedPane<>(new LivesPainter(), painting, appearance);
    minimap = new PaintedPane<>(new MinimapPainter(), painting, appearance);
    minimap.setId("minimap");
    minimap.setOnMousePressed(this::jump);
    minimap.setOnMouseDragged(this::jump);
    Tooltip.install(minimap, new Tooltip("The whole timeline; click to go to a part of it"));
    getChildren().addAll(lives, veil, band, hover, line, minimap);
    setId("timeline");
    setMinSize(0, 0);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    tooltip.setShowDelay(Duration.millis(350));
    Tooltip.install(lives, tooltip);
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnMouseMoved(this::point);
    setOnMouseExited(left -> hover.setVisible(false));
    setOnScroll(this::scroll);
  }

  private static Rectangle overlay(String styleClass) {
    var overlay = new Rectangle();
    overlay.getStyleClass().add(styleClass);
    overlay.setManaged(false);
    overlay.setVisible(false);
    overlay.setMouseTransparent(true);
    return overlay;
  }

  @Override
  protected void layoutChildren() {
    lives.resizeRelocate(0, 0, getWidth(), getHeight());
    minimap.resizeRelocate(
        getWidth() - MAP_WIDTH - MAP_MARGIN,
        getHeight() - MAP_HEIGHT - MAP_MARGIN,
        MAP_WIDTH,
        MAP_HEIGHT);
  }

  /** The frame that is on the screen. */
  public Optional<Frame> shown() {
    return lives.shown();
  }

  /** Shows a frame. */
  public void show(Frame frame) {
    lives.show(frame.at(0).in(Phase.DECIDED).selecting(-1));
    minimap.setVisible(zoom.zoomed());
    if (minimap.isVisible()) {
      minimap.show(frame.at(0).in(Phase.DECIDED).selecting(-1));
    }
    if (!frame.equals(told)) {
      told = frame;
      setAccessibleText("Timeline, positions by steps. " + Narration.of(frame));
    }
    TimelineLayout layout = layout(frame);
    double x = Math.round(layout.x(frame.step()));
    boolean within = x >= layout.left() - 1 && x <= layout.right() + 1;
    place(line, x - 1, layout.axis() + 4.0, 2, layout.bottom() - layout.axis() - 4.0);
    line.setVisible(within);
    double from = Math.max(x + SIGN, layout.left());
    double rest = layout.right() + 7 - from;
    place(veil, from, layout.laneTop(), rest, layout.bottom() - layout.laneTop());
    veil.setVisible(rest > 0);
    row(band, layout, frame.selection());
  }

  private void row(Rectangle band, TimelineLayout layout, int position) {
    double top = position < 0 ? -1 : layout.rowTop(position);
    double height = Math.max(2, layout.rowHeight());
    band.setVisible(top >= layout.top() - 1 && top + height <= layout.bottom() + height);
    place(band, 14, top, layout.right() - 14.0, height);
  }

  private void place(Rectangle overlay, double x, double y, double width, double height) {
    double scale = lives.zoom();
    overlay.setX(x * scale);
    overlay.setY(y * scale);
    overlay.setWidth(Math.max(0, width) * scale);
    overlay.setHeight(Math.max(0, height) * scale);
  }

  private TimelineLayout layout(Frame frame) {
    return TimelineLayout.of(lives.sized(frame));
  }

  private void press(MouseEvent pressed) {
    requestFocus();
    panX = pressed.getX();
    panY = pressed.getY();
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame -> {
              int position = layout(frame).positionAt(pressed.getY() / lives.zoom());
              if (position >= 0) {
                session.selectionProperty().set(position);
              }
              if (pressed.isPrimaryButtonDown()) {
                seek(frame, pressed);
              }
            });
  }

  private void seek(Frame frame, MouseEvent event) {
    session.playhead().seek(layout(frame).stepAt(event.getX() / lives.zoom()));
  }

  /** With the first button the playhead is drawn along, with another what is in view. */
  private void drag(MouseEvent dragged) {
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame -> {
              if (dragged.isPrimaryButtonDown()) {
                seek(frame, dragged);
              } else {
                pan(frame, panX - dragged.getX(), panY - dragged.getY());
                panX = dragged.getX();
                panY = dragged.getY();
              }
            });
  }

  private void pan(Frame frame, double right, double down) {
    TimelineLayout layout = layout(frame);
    double x = right / lives.zoom();
    double y = down / lives.zoom();
    zoom.pan(
        layout.stepShare(layout.left() + x) - layout.stepShare(layout.left()),
        layout.positionShare(layout.top() + y) - layout.positionShare(layout.top()));
  }

  private void scroll(ScrollEvent scrolled) {
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame -> {
              TimelineLayout layout = layout(frame);
              double notches = Math.signum(scrolled.getDeltaY() + scrolled.getDeltaX());
              if (!scrolled.isShortcutDown()) {
                pan(frame, -scrolled.getDeltaX(), -scrolled.getDeltaY());
                return;
              }
              double factor = Math.pow(NOTCH, notches);
              zoom.zoomSteps(frame, layout.stepShare(scrolled.getX() / lives.zoom()), factor);
              if (!scrolled.isShiftDown()) {
                double place = layout.positionShare(scrolled.getY() / lives.zoom());
                zoom.zoomPositions(frame, place, factor);
              }
            });
    scrolled.consume();
  }

  private void jump(MouseEvent event) {
    zoom.centre(event.getX() / minimap.getWidth(), event.getY() / minimap.getHeight());
    event.consume();
  }

  private void point(MouseEvent moved) {
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame -> {
              TimelineLayout layout = layout(frame);
              int position = layout.positionAt(moved.getY() / lives.zoom());
              row(hover, layout, position);
              int step = Math.min(layout.stepAt(moved.getX() / lives.zoom()), frame.recorded());
              tooltip.setText(
                  position < 0
                      ? "Drag to move the playhead; scroll with Ctrl to zoom, with Shift along the steps"
                      : Inspection.of(frame.at(step).selecting(position)).summary());
            });
  }
}
