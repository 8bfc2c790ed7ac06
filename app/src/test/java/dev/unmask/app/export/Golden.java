package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Compares a picture with the one in the test resources: equal, or on another JDK or system nearly
 * so. On failure the actual picture and the difference are written under {@code target/golden}.
 */
public final class Golden {
  /** How much a channel may differ, of 255. */
  private static final int THRESHOLD = 24;

  /** The share of pixels that may differ by more. */
  private static final double BUDGET = 0.002;

  private Golden() {}

  /** Compares a picture with that of a name. */
  public static void check(String name, BufferedImage actual) throws IOException {
    check(name, actual, THRESHOLD, BUDGET);
  }

  /**
   * Compares a small picture, of which no pixel may differ: a sign in another colour is less than
   * any budget.
   */
  public static void checkEveryPixel(String name, BufferedImage actual) throws IOException {
    check(name, actual, 0, 0);
  }

  private static void check(String name, BufferedImage actual, int threshold, double share)
      throws IOException {
    BufferedImage expected;
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".png")) {
      if (in == null) {
        fail("There is no golden picture; the actual one is at " + write(name, actual));
      }
      expected = ImageIO.read(in);
    }
    assertThat(actual.getWidth()).isEqualTo(expected.getWidth());
    assertThat(actual.getHeight()).isEqualTo(expected.getHeight());
    var difference =
        new BufferedImage(actual.getWidth(), actual.getHeight(), BufferedImage.TYPE_INT_RGB);
    int changed = 0;
    for (int y = 0; y < actual.getHeight(); y++) {
      for (int x = 0; x < actual.getWidth(); x++) {
        int most = distance(actual.getRGB(x, y), expected.getRGB(x, y));
        difference.setRGB(x, y, most * 0x010101);
        changed += most > threshold ? 1 : 0;
      }
    }
    int budget = (int) (share * actual.getWidth() * actual.getHeight());
    if (changed > budget) {
      Path written = write(name, actual);
      write(name + "-difference", difference);
      fail("%d pixels of %s differ, %d may: see %s".formatted(changed, name, budget, written));
    }
  }

  private static int distance(int first, int second) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      most = Math.max(most, Math.abs((first >> shift & 0xFF) - (second >> shift & 0xFF)));
    }
    return most;
  }

  private static Path write(String name, BufferedImage picture) throws IOException {
    Path file = Path.of("target", "golden", name + ".png").toAbsolutePath();
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }
}
