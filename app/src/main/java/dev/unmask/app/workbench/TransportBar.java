package dev.unmask.app.workbench;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Status;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** Moves the playhead, and says where it is. */
final class TransportBar extends HBox {
  private final Slider scrub = new Slider(0, 1, 0);
  private final HBox status = new HBox();

  TransportBar(Playhead playhead, Actions actions) {
    super(8);
    getStyleClass().add("transport");
    setAlignment(Pos.CENTER_LEFT);
    scrub.setId("scrub");
    scrub.setAccessibleText("Step");
    scrub.setBlockIncrement(1);
    scrub.setFocusTraversable(false);
    scrub
        .valueProperty()
        .addListener(
            (observed, before, now) -> {
              if (Math.round(now.doubleValue()) != playhead.stepProperty().get()) {
                playhead.seek((int) Math.round(now.doubleValue()));
              }
            });
    HBox.setHgrow(scrub, Priority.ALWAYS);
    status.getStyleClass().add("status");
    status.setAlignment(Pos.CENTER_RIGHT);
    getChildren()
        .addAll(
            Controls.iconButton(actions.home),
            Controls.iconButton(actions.back),
            play(playhead, actions),
            Controls.iconButton(actions.forward),
            Controls.iconButton(actions.end),
            speeds(playhead, actions),
            scrub,
            status);
  }

  /** Shows a frame's step and figures. */
  void show(Frame frame) {
    int last = Math.max(1, frame.plannedSteps());
    scrub.setMax(Math.max(last, scrub.getMax()));
    scrub.setValue(frame.step());
    scrub.setMax(last);
    List<Status.Figure> figures = Status.of(frame).figures();
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
  }

  private static Button play(Playhead playhead, Actions actions) {
    Button play = Controls.iconButton(actions.play);
    play.getStyleClass().add("play-button");
    play.setId("play");
    play.graphicProperty()
        .bind(
            Bindings.createObjectBinding(
                () ->
                    new FontIcon(
                        playhead.playingProperty().get()
                            ? CarbonIcons.PAUSE_FILLED
                            : actions.play.icon()),
                playhead.playingProperty()));
    return play;
  }

  private static ComboBox<Double> speeds(Playhead playhead, Actions actions) {
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
    speeds.setValue(playhead.speedProperty().get());
    speeds.valueProperty().addListener((seen, before, now) -> playhead.speedProperty().set(now));
    playhead.speedProperty().addListener((seen, before, now) -> speeds.setValue(now.doubleValue()));
    speeds.setFocusTraversable(false);
    speeds.setAccessibleText("Speed");
    speeds.setTooltip(
        new Tooltip(
            "Speed: at 1× %.0f steps a second (slower %s, faster %s)"
                .formatted(
                    Playhead.STEPS_PER_SECOND,
                    actions.slower.shortcut().getDisplayText(),
                    actions.faster.shortcut().getDisplayText())));
    return speeds;
  }
}
