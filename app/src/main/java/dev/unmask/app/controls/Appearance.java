package dev.unmask.app.controls;

import dev.unmask.app.theme.Theme;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;

/** How the window looks. */
public final class Appearance {
  /** How large text can be, of its usual size; smallest first. */
  public static final List<Double> TEXT_SIZES = List.of(0.85, 1.0, 1.15, 1.3, 1.5, 1.75);

  private final ReadOnlyObjectWrapper<Theme> theme;
  private final DoubleProperty textSize = new SimpleDoubleProperty(1);
  private final BooleanProperty reducedMotion = new SimpleBooleanProperty();
  private ObservableValue<Boolean> asked = new SimpleBooleanProperty();

  /** With this theme at first. */
  public Appearance(Theme first) {
    theme = new ReadOnlyObjectWrapper<>(first);
  }

  /**
   * Moves as little as the system asks for, from now on; a person may say otherwise until the
   * system says something new.
   */
  public void obey(ObservableValue<Boolean> systemsReducedMotion) {
    asked = systemsReducedMotion;
    if (asked.getValue()) {
      reducedMotion.set(true);
    }
    asked.addListener((_, _, now) -> reducedMotion.set(now));
  }

  /** Whether a person, and not the system, asked that nothing moves by itself. */
  public boolean choseReducedMotion() {
    return reducedMotion.get() && !asked.getValue();
  }

  /** From light to dark and back. */
  public void toggle() {
    theme.set(theme.get().dark() ? Theme.LIGHT : Theme.DARK);
  }

  /** The next larger text. */
  public void larger() {
    TEXT_SIZES.stream().filter(s -> s > textSize.get()).findFirst().ifPresent(textSize::set);
  }

  /** The next smaller text. */
  public void smaller() {
    TEXT_SIZES.reversed().stream()
        .filter(s -> s < textSize.get())
        .findFirst()
        .ifPresent(textSize::set);
  }

  /** The theme. */
  public ReadOnlyObjectProperty<Theme> themeProperty() {
    return theme.getReadOnlyProperty();
  }

  /** How large text is, of its usual size; pictures are enlarged by as much. */
  public DoubleProperty textSizeProperty() {
    return textSize;
  }

  /** Whether nothing moves by itself unless it is asked to. */
  public BooleanProperty reducedMotionProperty() {
    return reducedMotion;
  }
}
