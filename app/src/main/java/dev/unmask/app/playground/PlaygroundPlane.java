package dev.unmask.app.playground;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Sheet;
import dev.unmask.engine.playground.Reading;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;

/** The plane, with what is known of the place under the mouse; a click selects a particle. */
final class PlaygroundPlane extends Pane {
  private static final double BESIDE = 14;

  private final PlaygroundViewModel viewModel;
  private final PaintedPane<Sheet<PlaneView>> picture;
  private final Label hover = Controls.label("", "plane-hover");
  private Optional<MouseEvent> mouse = Optional.empty();

  PlaygroundPlane(PlaygroundViewModel viewModel, Executor painting, Appearance appearance) {
    this.viewModel = viewModel;
    picture = new PaintedPane<>(new PlanePainter(), painting, appearance);
    hover.setVisible(false);
    hover.setMouseTransparent(true);
    getChildren().addAll(picture, hover);
    setId("plane");
    setMinSize(0, 0);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setOnMouseMoved(moved -> mouse = Optional.of(moved));
    setOnMouseExited(left -> mouse = Optional.empty());
    setOnMousePressed(this::select);
  }

  @Override
  protected void layoutChildren() {
    picture.resizeRelocate(0, 0, getWidth(), getHeight());
    hover.autosize();
  }

  /** Shows particles. */
  void show(PlaneView view) {
    picture.show(new Sheet<>(view, 1, 1));
    mouse.ifPresentOrElse(at -> tell(view, at), () -> hover.setVisible(false));
  }

  private void tell(PlaneView view, MouseEvent at) {
    double zoom = picture.zoom();
    Projection projection = view.in(getWidth() / zoom, getHeight() / zoom);
    double placeX = at.getX() / zoom;
    double placeY = at.getY() / zoom;
    hover.setVisible(projection.frame().contains(placeX, placeY));
    double x = projection.planeX(placeX);
    double y = projection.planeY(placeY);
    Reading reading = view.at(x, y);
    hover.setText(
        PlaneView.figures(
            "x  %.2f, %.2f%ndensity  %.3g%nscore  %.2f, %.2f",
            x, y, reading.density(), reading.scoreX(), reading.scoreY()));
    hover.autosize();
    boolean atRight = at.getX() + BESIDE + hover.getWidth() > getWidth();
    boolean below = at.getY() + BESIDE + hover.getHeight() > getHeight();
    hover.relocate(
        atRight ? at.getX() - BESIDE - hover.getWidth() : at.getX() + BESIDE,
        below ? at.getY() - BESIDE - hover.getHeight() : at.getY() + BESIDE);
  }

  private void select(MouseEvent pressed) {
    double zoom = picture.zoom();
    viewModel
        .view()
        .ifPresent(
            view ->
                viewModel
                    .selectionProperty()
                    .set(
                        view.particleAt(
                            pressed.getX() / zoom,
                            pressed.getY() / zoom,
                            getWidth() / zoom,
                            getHeight() / zoom)));
  }
}
