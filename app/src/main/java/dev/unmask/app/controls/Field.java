package dev.unmask.app.controls;

import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import java.util.Locale;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

/** A setting in the form: what is typed, and the sentence that says what is wrong with it. */
public final class Field {
  private final Setting<?> setting;
  private final StringProperty text = new SimpleStringProperty();
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");

  /** With the setting's default. */
  public Field(Setting<?> setting) {
    this.setting = setting;
    text.addListener((observed, before, now) -> error.set(check(now)));
    text.set(fallback());
  }

  private String check(String typed) {
    try {
      setting.parse(typed);
      return "";
    } catch (SettingException e) {
      return e.getMessage();
    }
  }

  /** Whether it says the same as another text, however that is written. */
  public boolean says(String other) {
    return text.get().strip().equals(other)
        || check(text.get()).isEmpty()
            && check(other).isEmpty()
            && setting.parse(text.get()).equals(setting.parse(other));
  }

  /** Whether it says something else than the default. */
  public boolean changed() {
    return !text.get().equals(fallback());
  }

  /** What it says where nobody says anything. */
  public String fallback() {
    return String.valueOf(setting.fallback());
  }

  /** Takes a text if it is one and nothing is wrong with it. */
  public void offer(String typed) {
    if (typed != null && check(typed).isEmpty()) {
      text.set(typed);
    }
  }

  /** As the engine knows it. */
  public String name() {
    return setting.name();
  }

  /** As people read it: with a capital, and spaces for hyphens. */
  public String label() {
    String words = setting.name().replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** What it does, and what it may be. */
  public String explanation() {
    return setting.meaning() + "\nIt must be " + setting.range() + ".";
  }

  /** What it is a setting of. */
  public Setting<?> setting() {
    return setting;
  }

  /** What is typed stands for, where that is not the number itself; else empty. */
  public ObservableValue<String> meant() {
    return text.map(typed -> typed.strip().matches("0(\\.0*)?") ? setting.zero().orElse("") : "");
  }

  /** Whether it is a number for each step, which can be drawn. */
  public boolean drawable() {
    return setting instanceof Setting.Counts;
  }

  /** What is typed. */
  public StringProperty textProperty() {
    return text;
  }

  /** What is wrong, in a sentence; empty if nothing is. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }
}
