package dev.unmask.app.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where something is measured.
 *
 * @param processor as the system calls it
 * @param load how many programs wanted to compute in the last minute, on average; negative if the
 *     system does not tell
 */
public record Machine(String processor, int cores, double load) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** This one. */
  public static Machine now() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processorName() {
    String fallback =
        System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch"));
    try {
      return named(Files.readString(LINUX), fallback);
    } catch (IOException _) {
      return fallback;
    }
  }

  /** The first core's name in what Linux tells of them. */
  static String named(String description, String fallback) {
    return description
        .lines()
        .filter(line -> line.startsWith("model name") && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(fallback);
  }

  /** For a line of text. */
  public String words() {
    return load < 0
        ? "%s, %d cores".formatted(processor, cores)
        : "%s, %d cores, load %.1f".formatted(processor, cores, load);
  }
}
