package dev.unmask.app.workbench;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;

/**
 * Something that a person can do. Menus, buttons, tooltips and shortcuts are all made from it.
 *
 * @param name as a menu shows it
 * @param shortcut that does it from anywhere in the window
 * @param enabled when it can be done
 */
public record Action(
    String name, Ikon icon, KeyCombination shortcut, ObservableBooleanValue enabled, Runnable run) {
  /** The name with the shortcut, for a tooltip. */
  public String explanation() {
    return name + " (" + shortcut.getDisplayText() + ")";
  }
}
