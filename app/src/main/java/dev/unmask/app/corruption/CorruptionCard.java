package dev.unmask.app.corruption;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.picture.View;
import dev.unmask.app.session.Session;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The run's text under noise, at the t of the playhead. */
public final class CorruptionCard extends VBox {
  private static final double HEIGHT = 200;

  private final PaintedPane<Frame> picture;
  private final Label figures = Controls.label("", "name");

  public CorruptionCard(Session session, Executor painting, Appearance appearance) {
    super(8);
    picture = new PaintedPane<>(new CorruptionCardPainter(), painting, appearance);
    picture.setMinHeight(HEIGHT);
    picture.setPrefHeight(HEIGHT);
    picture.setId("corruption-card");
    var open = new Button("Open");
    open.getStyleClass().add("small");
    open.setOnAction(pressed -> session.pageProperty().set(CorruptionPage.PAGE));
    var head = Controls.head("FORWARD CORRUPTION", figures, open);
    getChildren().addAll(head, picture);
    managedProperty().bind(visibleProperty());
  }

  /** Shows what noise leaves at a frame's t; nothing where it has none. */
  public void show(Frame frame) {
    OptionalDouble time = frame.time();
    setVisible(time.isPresent());
    time.ifPresent(
        t -> {
          picture.show(frame.in(Phase.DECIDED).viewed(View.WHOLE));
          figures.setText(String.format(Locale.ROOT, "t %.3f", t));
        });
  }
}
