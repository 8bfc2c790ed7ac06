package dev.unmask.app.controls;

import javafx.beans.property.DoubleProperty;
import javafx.scene.Cursor;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * The edge of a column at a side of the window, by which it is made wider. A split pane keeps
 * shares of the window; a column keeps its pixels however large the window is.
 */
public final class ColumnEdge extends Region {
  private static final double LEAST = 200;
  private static final double MOST = 620;
  private static final double WIDTH = 6;

  private double grabbed;
  private double before;

  /**
   * Between a column and what is beside it.
   *
   * @param width of the column, in pixels
   * @param direction 1 for a column at the left, −1 for one at the right
   */
  public ColumnEdge(DoubleProperty width, int direction) {
    getStyleClass().add("column-edge");
    setMinWidth(WIDTH);
    setPrefWidth(WIDTH);
    setMaxWidth(WIDTH);
    setCursor(Cursor.H_RESIZE);
    setOnMousePressed(
        pressed -> {
          grabbed = pressed.getScreenX();
          before = width.get();
        });
    setOnMouseDragged(dragged -> width.set(wider(dragged, direction)));
  }

  private double wider(MouseEvent dragged, int direction) {
    double by = direction * (dragged.getScreenX() - grabbed);
    return Math.clamp(before + by, LEAST, MOST);
  }
}
