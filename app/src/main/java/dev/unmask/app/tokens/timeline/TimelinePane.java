package dev.unmask.app.tokens.timeline;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.inspector.Inspection;
import dev.unmask.app.tokens.inspector.Narration;
import java.awt.geom.Rectangle2D;
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
 * The timeline, in two layers: what does not depend on the playhead, which is painted seldom, and
 * over it what moves with it, which is painted at every step and soon. Exports paint the same two
 * onto one picture.
 */
public final class TimelinePane extends Pane {
  private static final double NOTCH = 1.2;
  private static final double TOLD_WIDTH = 380;
  private static final double LOOP_HEIGHT = 3;
  private static final double MAP_WIDTH = 168;
  private static final double MAP_HEIGHT = 72;
  private static final double MAP_MARGIN = 22;

  private final Session session;
  private final TimelineZoom zoom;
  private final PaintedPane<Frame> lives;
  private final PaintedPane<Frame> moving;
  private final PaintedPane<Frame> minimap;
  private final BreakpointGutter gutter = new BreakpointGutter();
  private final Rectangle hover = new Rectangle();
  private final Rectangle loop = new Rectangle();
  private final Tooltip tooltip = new Tooltip();
  private Frame told;
  private boolean inGutter;
  private double panX;
  private double panY;

  public TimelinePane(
      Session session, TimelineZoom zoom, Executor painting, Appearance appearance) {
    this.session = session;
    this.zoom = zoom;
    lives = new PaintedPane<>(new LivesPainter(), painting, appearance);
    moving = new PaintedPane<>(PlayheadPainter::paintLayer, painting, appearance);
    moving.setMouseTransparent(true);
    minimap = new PaintedPane<>(new MinimapPainter(), painting, appearance);
    minimap.setId("minimap");
    minimap.setOnMousePressed(this::jump);
    minimap.setOnMouseDragged(this::jump);
    Tooltip.install(minimap, new Tooltip("The whole timeline; click to go to a part of it"));
    hover.getStyleClass().add("band");
    hover.setManaged(false);
    hover.setVisible(false);
    hover.setMouseTransparent(true);
    loop.getStyleClass().add("loop-band");
    loop.setManaged(false);
    loop.setMouseTransparent(true);
    getChildren().addAll(lives, loop, hover, moving, gutter, minimap);
    setId("timeline");
    setMinSize(0, 0);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    tooltip.setShowDelay(Duration.millis(350));
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(TOLD_WIDTH);
    Tooltip.install(lives, tooltip);
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnMouseMoved(this::point);
    setOnMouseExited(left -> hover.setVisible(false));
    setOnScroll(this::scroll);
  }

  @Override
  protected void layoutChildren() {
    lives.resizeRelocate(0, 0, getWidth(), getHeight());
    moving.resizeRelocate(0, 0, getWidth(), getHeight());
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
    moving.show(frame);
    minimap.setVisible(zoom.zoomed());
    if (minimap.isVisible()) {
      minimap.show(frame.at(0).in(Phase.DECIDED).selecting(-1));
    }
    TimelineLayout layout = layout(frame);
    gutter.show(session.debugger(), layout, lives.zoom());
    showLoop(layout);
    if (!frame.equals(told)) {
      if (told != null && told.step() != frame.step()) {
        zoom.follow(frame);
      }
      told = frame;
      setAccessibleText("Timeline, positions by steps. " + Narration.of(frame));
    }
  }

  /** Shows which steps are played again and again. */
  private void showLoop(TimelineLayout layout) {
    Optional<Playhead.Loop> range = session.playhead().loopProperty().get();
    loop.setVisible(range.isPresent());
    range.ifPresent(
        steps -> {
          double from = Math.clamp(layout.x(steps.from()), layout.left(), layout.right());
          double to = Math.clamp(layout.x(steps.to()), layout.left(), layout.right());
          loop.setX(from * lives.zoom());
          loop.setWidth(Math.max(2, to - from) * lives.zoom());
          loop.setY((layout.axis() + 4) * lives.zoom());
          loop.setHeight(LOOP_HEIGHT * lives.zoom());
        });
  }

  /** Shows the row that the mouse is over as the selected one is painted. */
  private void hover(TimelineLayout layout, int position) {
    Optional<Rectangle2D> band = layout.band(position);
    hover.setVisible(band.isPresent());
    double scale = lives.zoom();
    band.ifPresent(
        row -> {
          hover.setX(row.getX() * scale);
          hover.setY(row.getY() * scale);
          hover.setWidth(row.getWidth() * scale);
          hover.setHeight(row.getHeight() * scale);
        });
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
              TimelineLayout layout = layout(frame);
              int position = layout.positionAt(pressed.getY() / lives.zoom());
              if (position >= 0) {
                session.selectionProperty().set(position);
              }
              inGutter = BreakpointGutter.holds(layout, pressed.getX() / lives.zoom());
              if (pressed.isPrimaryButtonDown() && !inGutter) {
                seek(frame, pressed);
              } else if (pressed.isPrimaryButtonDown() && position >= 0) {
                session.debugger().toggleAt(position);
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
              if (dragged.isPrimaryButtonDown() && inGutter) {
                return;
              }
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
              double factor = StrictMath.pow(NOTCH, notches);
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
              hover(layout, position);
              if (position >= 0 && BreakpointGutter.holds(layout, moved.getX() / lives.zoom())) {
                tooltip.setText(
                    "Click to stop where token %d gets its token, or no longer"
                        .formatted(position));
                return;
              }
              int step = Math.min(layout.stepAt(moved.getX() / lives.zoom()), frame.recorded());
              tooltip.setText(
                  position < 0
                      ? lives
                          .meaning()
                          .orElse(
                              "Drag to move the playhead; scroll with Ctrl to zoom, with Shift"
                                  + " along the steps")
                      : Inspection.of(frame.at(step).selecting(position)).summary());
            });
  }
}
