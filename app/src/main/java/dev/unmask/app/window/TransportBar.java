package dev.unmask.app.window;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.Status;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.Session;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;

/** Moves the playhead, and says where it is. */
final class TransportBar extends HBox {
  /** How wide the scrubber is at least, in pixels. */
  private static final double SCRUBBER = 160;

  private final Session session;
  private final Scrubber scrubber;
  private final HBox status = new HBox();

  TransportBar(Session session, PlayActions actions, Executor painting, Appearance appearance) {
    super(6);
    this.session = session;
    getStyleClass().add("transport");
    setAlignment(Pos.CENTER_LEFT);
    scrubber = new Scrubber(session, painting, appearance);
    HBox.setHgrow(scrubber, Priority.ALWAYS);
    status.getStyleClass().add("status");
    status.setAlignment(Pos.CENTER_RIGHT);
    setMinWidth(0);
    getChildren()
        .addAll(
            Controls.iconButton(actions.home),
            Controls.iconButton(actions.back),
            play(session, actions),
            Controls.iconButton(actions.forward),
            Controls.iconButton(actions.end),
            speeds(session, actions),
            Controls.iconButton(actions.loop),
            Controls.iconButton(actions.bookmark),
            scrubber,
            status);
  }

  /** Shows where the transport is. */
  void refresh() {
    scrubber.refresh();
    List<Status.Figure> figures = session.transportProperty().get().figures();
    while (status.getChildren().size() > figures.size()) {
      status.getChildren().removeLast();
    }
    while (status.getChildren().size() < figures.size()) {
      var value = Controls.label("", "figure");
      var of = Controls.label("", "name");
      var parts = new HBox(4, Controls.label("", "name"), value, of);
      parts.setAlignment(Pos.CENTER_LEFT);
      status.getChildren().add(parts);
    }
    for (int i = 0; i < figures.size(); i++) {
      HBox parts = (HBox) status.getChildren().get(i);
      ((Label) parts.getChildren().get(0)).setText(figures.get(i).name());
      ((Label) parts.getChildren().get(1)).setText(figures.get(i).value());
      ((Label) parts.getChildren().get(2)).setText(figures.get(i).of().strip());
    }
    fit();
  }

  /** As many figures as have room beside a scrubber that can be used. */
  private void fit() {
    double room = getWidth() - SCRUBBER;
    for (Node child : getChildren()) {
      room -= child == status || child == scrubber ? 0 : child.prefWidth(-1) + getSpacing();
    }
    for (Node figure : status.getChildren()) {
      room -= figure.prefWidth(-1) + status.getSpacing();
      figure.setVisible(room >= 0);
      figure.setManaged(room >= 0);
    }
  }

  private static Button play(Session session, PlayActions actions) {
    Button play = Controls.iconButton(actions.play);
    play.getStyleClass().add("play-button");
    play.setId("play");
    Controls.showPlaying(
        play, session.transportProperty().flatMap(leader -> leader.playhead().playingProperty()));
    return play;
  }

  private static ComboBox<Double> speeds(Session session, PlayActions actions) {
    var speeds = new ComboBox<Double>();
    speeds.getItems().setAll(Playhead.SPEEDS);
    speeds.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Double speed) {
            return speed % 1 == 0 ? speed.intValue() + "×" : speed + "×";
          }

          @Override
          public Double fromString(String text) {
            return Double.valueOf(text.replace("×", ""));
          }
        });
    ObservableValue<Number> speed =
        session.transportProperty().flatMap(leader -> leader.playhead().speedProperty());
    speed.subscribe(now -> speeds.setValue(now.doubleValue()));
    speeds
        .valueProperty()
        .subscribe(now -> session.transportProperty().get().playhead().speedProperty().set(now));
    speeds.setAccessibleText("Speed");
    speeds.setTooltip(
        new Tooltip(
            "Speed: at 1× %.0f steps a second (slower %s, faster %s)"
                .formatted(
                    Playhead.STEPS_PER_SECOND, actions.slower.keys(), actions.faster.keys())));
    return speeds;
  }
}
