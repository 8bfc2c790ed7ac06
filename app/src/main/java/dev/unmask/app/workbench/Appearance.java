package dev.unmask.app.workbench;

import dev.unmask.app.theme.Theme;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** How the window looks. */
public final class Appearance {
  private final ReadOnlyObjectWrapper<Theme> theme;

  /** With this theme at first. */
  public Appearance(Theme first) {
    theme = new ReadOnlyObjectWrapper<>(first);
  }

  /** From light to dark and back. */
  public void toggle() {
    theme.set(theme.get().dark() ? Theme.LIGHT : Theme.DARK);
  }

  /** The theme. */
  public ReadOnlyObjectProperty<Theme> themeProperty() {
    return theme.getReadOnlyProperty();
  }
}
