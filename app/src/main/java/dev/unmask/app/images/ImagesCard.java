package dev.unmask.app.images;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.session.Session;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** An image on its way out of noise, at the t of the playhead. */
public final class ImagesCard extends VBox {
  private static final double HEIGHT = 170;

  private final ImagesViewModel viewModel;
  private final PaintedPane<Sheet<ImageFrame>> picture;
  private final Label figures = Controls.label("", "name");

  public ImagesCard(
      Session session, ImagesViewModel viewModel, Executor painting, Appearance appearance) {
    super(8);
    this.viewModel = viewModel;
    picture = new PaintedPane<>(new PairPainter(), painting, appearance);
    picture.setMinHeight(HEIGHT);
    picture.setPrefHeight(HEIGHT);
    picture.setId("images-card");
    var open = new Button("Open");
    open.getStyleClass().add("small");
    open.setOnAction(pressed -> session.pageProperty().set(ImagesPage.PAGE));
    var head = Controls.head("IMAGES", figures, open);
    getChildren().addAll(head, picture);
    managedProperty().bind(visibleProperty());
    setVisible(false);
  }

  /** Shows the images as far as they are made, beside a run of this program. */
  public void show(Frame frame) {
    if (frame.trace().header().foreign()) {
      setVisible(false);
      return;
    }
    viewModel.pulse(0);
    setVisible(viewModel.batch().isPresent());
    viewModel
        .batch()
        .ifPresent(
            batch -> {
              picture.show(new Sheet<>(batch, 1, 1));
              figures.setText(
                  Double.isNaN(batch.time())
                      ? "step " + batch.step()
                      : String.format(Locale.ROOT, "t %.3f", batch.time()));
            });
  }
}
