package dev.unmask.app.tokens.timeline;

import dev.unmask.app.session.Breakpoints;
import java.util.Map;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;

/**
 * The column before the rows' names, with a dot at each row whose position has a breakpoint: full
 * where it is enabled, hollow where it is not.
 */
final class BreakpointGutter extends Pane {
  private static final double LARGEST = 4.5;
  private static final double SMALLEST = 2.5;

  private record Shown(Map<Integer, Boolean> points, TimelineLayout layout, double zoom) {}

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

  /** Shows where the breakpoints of positions are; to be called every pulse. */
  void show(Breakpoints breakpoints, TimelineLayout layout, double zoom) {
    var now = new Shown(breakpoints.positions(), layout, zoom);
    if (!now.equals(shown)) {
      shown = now;
      getChildren().clear();
      now.points.forEach(this::dot);
    }
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
