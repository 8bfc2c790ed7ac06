package dev.unmask.app;

import java.awt.AWTException;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the window many times in a row, each in a home of its own in which nothing is but that the
 * tour was taken, for it waits at masks; and looks at the screen until committed tokens are seen:
 *
 * <pre>
 * mvn package -DskipTests
 * xvfb-run -s "-screen 0 1400x900x24" java -cp app/target/test-classes dev.unmask.app.Starts 200 app/target/dist/bin/unmask
 * </pre>
 *
 * <p>Prints how long each took, keeps the threads of one that hangs, and exits with the number of
 * those.
 */
final class Starts {
  /** The colours of tokens that were committed, at this step and earlier. */
  private static final List<Integer> COMMITTED = List.of(0xE69F00, 0x56B4E9);

  /** So many pixels of these are more than the legend has. */
  private static final int ENOUGH = 3_000;

  private static final String TOURED =
      """
      {"width": 1280, "height": 800, "dark": true, "textSize": 1, "canvasShare": 0.42, "toured": true, "opened": []}
      """;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

  private Starts() {}

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    List<Double> seconds = new ArrayList<>();
    int hung = 0;
    for (int start = 1; start <= count; start++) {
      double took = once(List.of(args).subList(1, args.length), start);
      if (took < 0) {
        hung++;
      } else {
        seconds.add(took);
      }
      System.out.printf("%d of %d: %.1f s, %d hung so far%n", start, count, took, hung);
    }
    double[] sorted = seconds.stream().mapToDouble(each -> each).sorted().toArray();
    System.out.printf(
        "%d started, %d hung; median %.1f s, longest %.1f s%n",
        sorted.length, hung, sorted[sorted.length / 2], sorted[sorted.length - 1]);
    System.exit(hung);
  }

  /** Seconds until tokens were seen; −1 if none ever were. */
  private static double once(List<String> command, int number) throws Exception {
    Path home = Files.createTempDirectory("unmask-start");
    Files.writeString(home.resolve("window.json"), TOURED);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(home.resolve("output").toFile());
    builder.environment().put("UNMASK_HOME", home.toString());
    long start = System.nanoTime();
    Process program = builder.start();
    try {
      while (System.nanoTime() - start < PATIENCE && program.isAlive()) {
        if (committed() > ENOUGH) {
          return (System.nanoTime() - start) / 1e9;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      keep(program, Path.of("hung-" + number + ".txt"));
      return -1;
    } finally {
      program.destroy();
      if (!program.waitFor(20, TimeUnit.SECONDS)) {
        program.destroyForcibly().waitFor();
      }
      delete(home);
      while (committed() > 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private static long committed() throws AWTException {
    var screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    BufferedImage seen = new Robot().createScreenCapture(screen);
    int[] pixels = seen.getRGB(0, 0, seen.getWidth(), seen.getHeight(), null, 0, seen.getWidth());
    return Arrays.stream(pixels).filter(pixel -> COMMITTED.contains(pixel & 0xFFFFFF)).count();
  }

  private static void keep(Process program, Path file) throws IOException, InterruptedException {
    String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    new ProcessBuilder(jstack, "-l", Long.toString(program.pid()))
        .redirectErrorStream(true)
        .redirectOutput(file.toFile())
        .start()
        .waitFor(20, TimeUnit.SECONDS);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
