package dev.unmask.app;

import java.nio.file.Path;

/** Where the files that ship with the program lie; the start script says so. */
public final class Assets {
  private Assets() {}

  /** The folder of bundled models, one folder each. */
  public static Path models() {
    return folder().resolve("models");
  }

  /** The folder of recorded trainings, FAMILY-DATA each, that open at once. */
  public static Path trainings() {
    return folder().resolve("trainings");
  }

  private static Path folder() {
    return Path.of(System.getProperty("unmask.assets", "assets"));
  }
}
