package dev.unmask.app.export;

import java.util.Optional;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.RangeSlider;

/**
 * The first and the last step of an export between the ends of the run; what is typed stands
 * beside.
 */
final class StepRangeSlider extends StackPane {
  private final ExportViewModel form;
  private final RangeSlider slider = new RangeSlider(0, 1, 0, 1);
  private boolean following;

  StepRangeSlider(ExportViewModel form) {
    this.form = form;
    slider.setId("export-steps");
    slider.setAccessibleText("The first and the last step that are exported");
    slider.setBlockIncrement(1);
    getStyleClass().add("export-range");
    getChildren().add(slider);
    form.exhibit.subscribe(this::follow);
    form.from.subscribe(this::follow);
    form.to.subscribe(this::follow);
    slider.lowValueProperty().addListener((seen, before, now) -> drawn());
    slider.highValueProperty().addListener((seen, before, now) -> drawn());
  }

  /** Goes where the form says, if it says steps that there are. */
  private void follow() {
    int last = form.exhibit.get().map(Exhibit::recorded).orElse(1);
    Optional<Integer> from = step(form.from.get(), 0, last);
    Optional<Integer> to = step(form.to.get(), last, last);
    if (following || from.isEmpty() || to.isEmpty() || from.get() > to.get()) {
      return;
    }
    following = true;
    slider.setMax(Math.max(1, last));
    // The high end first and last: neither may pass the other on the way.
    slider.setHighValue(to.get());
    slider.setLowValue(from.get());
    slider.setHighValue(to.get());
    following = false;
  }

  private static Optional<Integer> step(String text, int missing, int last) {
    if (text.isBlank()) {
      return Optional.of(missing);
    }
    try {
      int step = Integer.parseInt(text.strip());
      return Optional.of(step).filter(typed -> typed >= 0 && typed <= last);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private void drawn() {
    if (following) {
      return;
    }
    following = true;
    long to = Math.round(slider.getHighValue());
    form.from.set(Long.toString(Math.round(slider.getLowValue())));
    // All that there is stays all of a run that goes on.
    form.to.set(to >= slider.getMax() ? "" : Long.toString(to));
    following = false;
  }
}
