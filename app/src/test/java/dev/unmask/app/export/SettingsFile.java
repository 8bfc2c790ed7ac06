package dev.unmask.app.export;

import java.nio.file.Path;

/** The settings that stand next to an export, read as the program does. */
public final class SettingsFile {
  private SettingsFile() {}

  /** Throws what a reader of settings throws. */
  public static void read(Path file) {
    SettingsJson.read(file);
  }
}
