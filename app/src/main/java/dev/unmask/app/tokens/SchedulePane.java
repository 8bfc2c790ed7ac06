package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.Field;
import dev.unmask.engine.sampler.api.Setting;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Tokens per step as bars that are drawn by hand. */
final class SchedulePane extends VBox {
  private static final double HEIGHT = 46;

  private final Field field;
  private final ChangeListener<Object> typed = (seen, before, now) -> show();
  private final RunViewModel form;
  private final Pane bars =
      new Pane() {
        @Override
        protected void layoutChildren() {
          place();
        }
      };

  SchedulePane(Field field, RunViewModel form) {
    super(6);
    this.field = field;
    this.form = form;
    bars.setMinHeight(HEIGHT);
    bars.setPrefHeight(HEIGHT);
    bars.setMaxHeight(HEIGHT);
    bars.setCursor(Cursor.CROSSHAIR);
    bars.setId(field.name());
    bars.setAccessibleText("Tokens per step; the field below takes them as numbers");
    bars.setOnMousePressed(this::draw);
    bars.setOnMouseDragged(this::draw);
    Tooltip.install(bars, new Tooltip(field.explanation() + "\nDraw with the mouse."));
    var even = new Button("Even");
    even.setOnAction(pressed -> field.textProperty().set(Setting.Counts.EVEN));
    even.disableProperty().bind(field.textProperty().isEqualTo(Setting.Counts.EVEN));
    even.getStyleClass().add("small");
    var head = new HBox(8, Controls.heading("TOKENS PER STEP"), Controls.spring(), even);
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(head, bars);
    // The form outlives this pane, which is made anew for every sampler.
    form.typedProperty().addListener(new WeakChangeListener<>(typed));
    show();
  }

  private void show() {
    if (field.errorProperty().get().isEmpty()) {
      int count = schedule().counts().size();
      while (bars.getChildren().size() < count) {
        var bar = new Region();
        bar.getStyleClass().add("schedule-bar");
        bar.setManaged(false);
        bars.getChildren().add(bar);
      }
      bars.getChildren().remove(count, bars.getChildren().size());
      place();
    }
  }

  private void place() {
    Schedule schedule = schedule();
    double width = bars.getWidth() / schedule.counts().size();
    for (int i = 0; i < Math.min(bars.getChildren().size(), schedule.counts().size()); i++) {
      double height = HEIGHT * schedule.counts().get(i) / schedule.room();
      double x = Math.floor(i * width);
      double wide = Math.max(1, Math.floor((i + 1) * width) - x - (width > 3 ? 1 : 0));
      bars.getChildren().get(i).resizeRelocate(x, HEIGHT - height, wide, Math.max(1, height));
    }
  }

  private void draw(MouseEvent event) {
    Schedule schedule = schedule();
    int step = (int) (event.getX() / bars.getWidth() * schedule.counts().size());
    double share = 1 - event.getY() / HEIGHT;
    int count = (int) Math.round(Math.clamp(share, 0, 1) * schedule.room());
    field.textProperty().set(schedule.with(step, count).text());
  }

  private Schedule schedule() {
    return Schedule.of(field.textProperty().get(), form.steps(), form.tokens());
  }
}
