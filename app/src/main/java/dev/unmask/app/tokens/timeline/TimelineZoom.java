package dev.unmask.app.tokens.timeline;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Span;
import dev.unmask.app.picture.View;
import dev.unmask.app.session.Session;
import java.util.function.UnaryOperator;

/**
 * Which part of the timeline is in view. Places are shares of the planned steps and of the
 * positions.
 */
public final class TimelineZoom {
  private static final double STEP = 1.5;

  /** How much of what is in view lies behind the playhead when a page was turned. */
  private static final double AHEAD = 0.1;

  private static final double FEWEST_STEPS = 6;
  private static final double FEWEST_POSITIONS = 6;

  private final Session session;

  public TimelineZoom(Session session) {
    this.session = session;
  }

  /** Closer to the playhead and the selected row. */
  public void closer() {
    session.frameProperty().get().ifPresent(frame -> zoom(frame, STEP));
  }

  /** Further away. */
  public void further() {
    session.frameProperty().get().ifPresent(frame -> zoom(frame, 1 / STEP));
  }

  /** Turns the page where the playhead has left what is in view. */
  void follow(Frame frame) {
    Span shown = view().steps();
    double step = (double) frame.step() / Math.max(1, frame.plannedSteps());
    if (step > shown.to()) {
      steps(span -> span.pan(step - shown.from() - AHEAD * shown.size()));
    } else if (step < shown.from()) {
      steps(span -> span.pan(step - shown.to() + AHEAD * shown.size()));
    }
  }

  private void zoom(Frame frame, double factor) {
    follow(frame);
    double step = (double) frame.step() / Math.max(1, frame.plannedSteps());
    int length = Math.max(1, frame.state().length());
    Span rows = view().positions();
    double row =
        frame.selection() < 0 ? (rows.from() + rows.to()) / 2 : (frame.selection() + 0.5) / length;
    zoomSteps(frame, Math.clamp(step, view().steps().from(), view().steps().to()), factor);
    zoomPositions(frame, Math.clamp(row, rows.from(), rows.to()), factor);
  }

  /** Closer along the steps, above a factor of 1; the place stays where it is. */
  void zoomSteps(Frame frame, double place, double factor) {
    double least = FEWEST_STEPS / Math.max(1, frame.plannedSteps());
    steps(span -> span.zoom(place, factor, least));
  }

  /** Closer along the positions. */
  void zoomPositions(Frame frame, double place, double factor) {
    double least = FEWEST_POSITIONS / Math.max(1, frame.state().length());
    positions(span -> span.zoom(place, factor, least));
  }

  /** Moves what is in view. */
  void pan(double steps, double positions) {
    steps(span -> span.pan(steps));
    positions(span -> span.pan(positions));
  }

  /** Brings a place into the middle. */
  void centre(double step, double position) {
    View now = view();
    pan(
        step - (now.steps().from() + now.steps().to()) / 2,
        position - (now.positions().from() + now.positions().to()) / 2);
  }

  /** The selected token's rows and steps around the playhead, close enough to be read. */
  public void focus() {
    session
        .frameProperty()
        .get()
        .filter(frame -> frame.selection() >= 0)
        .ifPresent(
            frame -> {
              double step = (double) frame.step() / Math.max(1, frame.plannedSteps());
              double row = (frame.selection() + 0.5) / frame.state().length();
              zoomPositions(frame, row, frame.state().length() * view().positions().size() / 16);
              zoomSteps(frame, step, frame.plannedSteps() * view().steps().size() / 32);
              centre(step, row);
            });
  }

  /** All of it. */
  public void whole() {
    session.viewProperty().set(view().of(Span.WHOLE, Span.WHOLE));
  }

  /** Whether a part is out of view. */
  boolean zoomed() {
    return view().steps().zoomed() || view().positions().zoomed();
  }

  private View view() {
    return session.viewProperty().get();
  }

  private void steps(UnaryOperator<Span> change) {
    session.viewProperty().set(view().of(change.apply(view().steps()), view().positions()));
  }

  private void positions(UnaryOperator<Span> change) {
    session.viewProperty().set(view().of(view().steps(), change.apply(view().positions())));
  }
}
