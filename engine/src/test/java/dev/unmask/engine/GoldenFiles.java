package dev.unmask.engine;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The reference recordings among the test resources. */
public final class GoldenFiles {
  private GoldenFiles() {}

  /** A recording by its path in the golden folder. */
  public static Path path(String name) {
    URL resource = GoldenFiles.class.getResource("/golden/" + name);
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
