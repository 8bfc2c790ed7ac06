package dev.unmask.app.window;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.picture.Span;
import dev.unmask.app.session.Bookmarks;
import dev.unmask.app.session.Playhead.Loop;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import dev.unmask.app.tokens.timeline.TrackPainter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import org.controlsfx.control.RangeSlider;

/** The whole run in a line, with the playhead, the bookmarks and the loop on it. */
final class Scrubber extends Pane {
  private static final double HEIGHT = 44;
  private static final double FLAG = 5;
  private static final double PART_HEIGHT = 3;

  private final Session session;
  private final PaintedPane<Frame> track;
  private final Rectangle axis = new Rectangle();
  private final Rectangle veil = new Rectangle();
  private final Rectangle line = new Rectangle();
  private final Rectangle part = new Rectangle();
  private final Pane flags = new Pane();
  private final RangeSlider loop = new RangeSlider(0, 1, 0, 1);
  private List<Bookmarks.Bookmark> flagged = List.of();
  private double flaggedWidth;
  private boolean following;

  Scrubber(Session session, Executor painting, Appearance appearance) {
    this.session = session;
    track = new PaintedPane<>(new TrackPainter(), painting, appearance);
    axis.getStyleClass().add("axis");
    veil.getStyleClass().add("veil");
    line.getStyleClass().add("playhead");
    part.getStyleClass().add("part");
    for (Rectangle overlay : List.of(axis, veil, line, part)) {
      overlay.setManaged(false);
      overlay.setMouseTransparent(true);
    }
    loop.setVisible(false);
    loop.setId("loop");
    loop.setAccessibleText("The steps that are played again and again");
    loop.lowValueProperty().addListener((seen, before, now) -> drawnLoop());
    loop.highValueProperty().addListener((seen, before, now) -> drawnLoop());
    flags.setPickOnBounds(false);
    getChildren().addAll(axis, track, veil, part, line, flags, loop);
    setId("scrub");
    setAccessibleRole(AccessibleRole.SLIDER);
    setPrefHeight(HEIGHT);
    setMinHeight(HEIGHT);
    setMinWidth(80);
    setOnMousePressed(this::seek);
    setOnMouseDragged(this::seek);
  }

  @Override
  protected void layoutChildren() {
    track.resizeRelocate(0, 0, getWidth(), getHeight());
    flags.resizeRelocate(0, 0, getWidth(), getHeight());
    loop.resizeRelocate(0, getHeight() - 16, getWidth(), 16);
  }

  /** Shows where the transport is; what happened at its steps, where they are the run's. */
  void refresh() {
    Transport now = session.transportProperty().get();
    boolean ofRun = now == session.steps();
    track.setVisible(ofRun);
    flags.setVisible(ofRun);
    axis.setVisible(!ofRun);
    if (ofRun) {
      session
          .frameProperty()
          .get()
          .ifPresent(frame -> track.show(frame.at(0).in(Phase.DECIDED).selecting(-1)));
      if (!flagged.equals(session.bookmarks().marks()) || flaggedWidth != getWidth()) {
        flag(now);
      }
    }
    int step = now.playhead().stepProperty().get();
    double x = Math.round(x(now, step));
    place(axis, 0, getWidth());
    axis.setY(getHeight() * 0.68);
    axis.setHeight(1);
    place(line, x - 1, 2);
    place(veil, x + 1, Math.max(0, getWidth() - x - 1));
    showPart(now, ofRun);
    setAccessibleText("Step %d of %d".formatted(step, now.planned()));
    showLoop(now);
  }

  /** Which steps the timeline shows, where it does not show all of them. */
  private void showPart(Transport now, boolean ofRun) {
    Span steps = session.viewProperty().get().steps();
    part.setVisible(ofRun && steps.zoomed());
    double from = x(now, steps.from() * now.planned());
    place(part, from, x(now, steps.to() * now.planned()) - from);
    part.setHeight(PART_HEIGHT);
  }

  private void showLoop(Transport now) {
    Optional<Loop> drawn = now.playhead().loopProperty().get();
    loop.setVisible(drawn.isPresent());
    drawn.ifPresent(
        range -> {
          following = true;
          loop.setMax(Math.max(1, now.planned()));
          loop.setHighValue(range.to());
          loop.setLowValue(range.from());
          loop.setHighValue(range.to());
          following = false;
        });
  }

  private void drawnLoop() {
    if (!following && loop.isVisible()) {
      int from = (int) Math.round(loop.getLowValue());
      int to = (int) Math.round(loop.getHighValue());
      session
          .transportProperty()
          .get()
          .playhead()
          .loopProperty()
          .set(Optional.of(new Loop(from, to)));
    }
  }

  private void flag(Transport now) {
    flagged = List.copyOf(session.bookmarks().marks());
    flaggedWidth = getWidth();
    flags.getChildren().clear();
    for (Bookmarks.Bookmark mark : flagged) {
      double x = x(now, mark.step());
      var flag = new Polygon(x - FLAG, 0, x + FLAG, 0, x, 2 * FLAG);
      flag.getStyleClass().add("flag");
      Tooltip.install(flag, new Tooltip(mark.words()));
      flag.setOnMousePressed(
          pressed -> {
            session.playhead().seek(mark.step());
            pressed.consume();
          });
      flags.getChildren().add(flag);
    }
  }

  private double x(Transport now, double step) {
    return TrackPainter.x(now.planned(), (int) (getWidth() / track.zoom()), step) * track.zoom();
  }

  private void place(Rectangle overlay, double x, double width) {
    overlay.setX(x);
    overlay.setWidth(width);
    overlay.setHeight(getHeight());
  }

  private void seek(MouseEvent event) {
    Transport now = session.transportProperty().get();
    now.playhead()
        .seek(
            TrackPainter.stepAt(
                now.planned(), (int) (getWidth() / track.zoom()), event.getX() / track.zoom()));
  }
}
