package dev.unmask.app.tokens.timeline;

import dev.unmask.app.session.Debugger;
import dev.unmask.app.session.Stop;
import java.util.List;
import java.util.Map;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/**
 * What belongs to breakpoints on the timeline. Before the rows' names is a dot at each row whose
 * position has one, full where it is enabled and hollow where it is not; below the axis a wedge at
 * each step that hits one.
 */
final class BreakpointGutter extends Pane {
  private static final double LARGEST = 4.5;
  private static final double SMALLEST = 2.5;

  private static final double WEDGE = 3.5;

  private record Shown(
      Map<Integer, Boolean> points, List<Integer> hits, TimelineLayout layout, double zoom) {}

  private Shown shown;

  BreakpointGutter() {
    setId("gutter");
    setMouseTransparent(true);
    setManaged(false);
  }

  /** Whether x lies before the life lines, in the pixels of a layout. */
  static boolean holds(TimelineLayout layout, double x) {
    return x < layout.left() - 2;
  }

  /** Shows where the breakpoints are and were hit; to be called every pulse. */
  void show(Debugger debugger, TimelineLayout layout, double zoom) {
    List<Integer> hits = debugger.stops().stream().map(Stop::step).distinct().toList();
    var now = new Shown(debugger.breakpoints().positions(), hits, layout, zoom);
    if (!now.equals(shown)) {
      shown = now;
      getChildren().setAll(hits());
      now.points.forEach(this::dot);
    }
  }

  /** One shape for all, of which there may be thousands. */
  private Path hits() {
    var wedges = new Path();
    wedges.getStyleClass().add("breakpoint-hit");
    wedges.setId("hits");
    for (int step : shown.hits) {
      if (shown.layout.shows(step)) {
        double x = shown.layout.x(step) * shown.zoom;
        double y = shown.layout.axis() * shown.zoom;
        double size = WEDGE * shown.zoom;
        wedges
            .getElements()
            .addAll(
                new MoveTo(x - size, y),
                new LineTo(x + size, y),
                new LineTo(x, y + 1.6 * size),
                new ClosePath());
      }
    }
    return wedges;
  }

  private void dot(int position, boolean enabled) {
    TimelineLayout layout = shown.layout;
    double y = layout.y(position);
    if (position < layout.length() && y > layout.top() && y < layout.bottom()) {
      double radius = Math.clamp(layout.rowHeight() * 0.45, SMALLEST, LARGEST);
      double x = layout.labelsFrom() - TimelineLayout.DOTS / 2.0;
      var dot = new Circle(x * shown.zoom, y * shown.zoom, radius * shown.zoom);
      dot.getStyleClass().add(enabled ? "breakpoint" : "breakpoint-off");
      getChildren().add(dot);
    }
  }
}
