package dev.unmask.app.controls;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;

/**
 * Something that a person can do. Menus, buttons, tooltips, the palette and the list of shortcuts
 * are all made from it.
 *
 * @param name as a menu shows it
 * @param shortcut that does it from anywhere in the window; {@link #NO_KEY} if there is none
 * @param enabled when it can be done
 * @param aliases other words that people look for it by
 * @param on whether what it turns on and off is on; empty for one that only does something
 */
public record Action(
    String name,
    Ikon icon,
    KeyCombination shortcut,
    ObservableBooleanValue enabled,
    Runnable run,
    String aliases,
    Optional<ObservableBooleanValue> on) {
  /** In place of a shortcut. */
  public static final KeyCombination NO_KEY = KeyCombination.NO_MATCH;

  /** One that people look for by its name. */
  public Action(
      String name,
      Ikon icon,
      KeyCombination shortcut,
      ObservableBooleanValue enabled,
      Runnable run) {
    this(name, icon, shortcut, enabled, run, "", Optional.empty());
  }

  /** The same, found by these words too. */
  public Action also(String words) {
    return new Action(name, icon, shortcut, enabled, run, words, on);
  }

  /** The same, with a tick while this is so. */
  public Action ticked(ObservableBooleanValue is) {
    return new Action(name, icon, shortcut, enabled, run, aliases, Optional.of(is));
  }

  /** Whether its name or its other words hold all of these. */
  public boolean matches(String... words) {
    String all = (name + " " + aliases).toLowerCase(Locale.ROOT);
    return Stream.of(words).allMatch(all::contains);
  }

  /** A key alone. */
  public static KeyCombination key(KeyCode code) {
    return new KeyCodeCombination(code);
  }

  /** A key with Shift. */
  public static KeyCombination shift(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHIFT_DOWN);
  }

  /** A key with Alt. */
  public static KeyCombination alt(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.ALT_DOWN);
  }

  /** A key with Ctrl, or what the system has in its place. */
  public static KeyCombination control(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }

  /** A key with Ctrl and Shift. */
  public static KeyCombination controlShift(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  }

  /** The shortcut for people; empty if there is none. */
  public String keys() {
    return shortcut == NO_KEY ? "" : shortcut.getDisplayText();
  }

  /** The name with the shortcut, for a tooltip. */
  public String explanation() {
    return keys().isEmpty() ? name : name + " (" + keys() + ")";
  }

  /** Does it, if it can be done. */
  public void attempt() {
    if (enabled.get()) {
      run.run();
    }
  }
}
