package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The processor as the system describes it, which is what system and hypervisor let programs use.
 *
 * @param vendor such as GenuineIntel or AuthenticAMD; empty where nobody says
 * @param features as Linux names them, such as avx2
 */
record Processor(String vendor, Set<String> features) {
  /** What is not of the x86-64 family, or tells nothing. */
  static final Processor UNKNOWN = new Processor("", Set.of());

  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final int WINDOWS_AVX2 = 40;
  private static final int WINDOWS_AVX_512_F = 41;
  private static final List<String> AVX_2 = List.of("avx2", "fma");

  /** What came together, with Skylake's servers. */
  private static final List<String> AVX_512 =
      List.of("avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd");

  /** Whether it has AVX2 with fused multiply-add. */
  boolean avx2() {
    return features.containsAll(AVX_2);
  }

  /** Whether it has AVX-512 as Skylake's servers do. */
  boolean avx512() {
    return avx2() && features.containsAll(AVX_512);
  }

  /** This machine's. */
  static Processor here() {
    if (!List.of("amd64", "x86_64").contains(System.getProperty("os.arch"))) {
      return UNKNOWN;
    }
    if (System.getProperty("os.name").startsWith("Windows")) {
      return windows(
          System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", ""),
          windowsHas(WINDOWS_AVX2),
          windowsHas(WINDOWS_AVX_512_F));
    }
    try {
      return linux(Files.readString(LINUX));
    } catch (IOException _) {
      return UNKNOWN;
    }
  }

  /** Out of what Linux has in /proc/cpuinfo. */
  static Processor linux(String description) {
    // Some kernels leave gaps among the flags.
    Set<String> flags = Set.copyOf(Arrays.asList(field("flags", description).split("\\s+")));
    return new Processor(field("vendor_id", description), flags);
  }

  /** The value of a field for the first core; empty if there is no such field. */
  private static String field(String name, String description) {
    return description
        .lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
        .map(parts -> parts[1].strip())
        .findFirst()
        .orElse("");
  }

  /**
   * Out of what Windows tells. Of AVX-512 that is the foundation alone; of the processors with it
   * the Xeon Phi lacks the rest.
   *
   * @param identifier such as {@code Intel64 Family 6 Model 207 Stepping 2, GenuineIntel}
   */
  static Processor windows(String identifier, boolean avx2, boolean avx512f) {
    Set<String> features = new HashSet<>();
    if (avx2) {
      features.addAll(AVX_2);
    }
    if (avx512f && !identifier.matches(".* Family 6 Model (87|133) .*")) {
      features.addAll(AVX_512);
    }
    return new Processor(identifier.substring(identifier.lastIndexOf(' ') + 1), features);
  }

  @SuppressWarnings("restricted")
  private static boolean windowsHas(int feature) {
    SymbolLookup kernel = SymbolLookup.libraryLookup("kernel32.dll", Arena.global());
    FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    return (int) ForeignFunction.call(kernel, "IsProcessorFeaturePresent", type, feature) != 0;
  }
}
