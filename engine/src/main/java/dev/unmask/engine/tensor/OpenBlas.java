package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The bundled OpenBLAS, told by which of its kernels to compute. It knows processors by their model
 * numbers, and takes one that is newer than itself for a Prescott with SSE3: products are then
 * three times slower.
 */
public final class OpenBlas {
  /** The variable of the environment that OpenBLAS looks for when it is loaded. */
  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  /** The longest name that is believed. */
  private static final int NAME_BYTES = 64;

  private static boolean loaded;

  private OpenBlas() {}

  /**
   * A set of kernels.
   *
   * @param name OpenBLAS's own, such as SkylakeX
   * @param reason why these, as the end of a sentence
   */
  public record Core(String name, String reason) {
    /** For a processor, none that it cannot run; empty where OpenBLAS may choose. */
    static Optional<Core> of(Processor processor) {
      if (!processor.avx2()) {
        return Optional.empty();
      }
      if (processor.vendor().equals("AuthenticAMD")) {
        return Optional.of(new Core("Zen", "the processor is AMD's and has AVX2"));
      }
      if (processor.vendor().equals("HygonGenuine")) {
        return Optional.of(
            new Core("Zen", "the processor is Hygon's, built as AMD's, and has AVX2"));
      }
      return Optional.of(
          processor.avx512()
              ? new Core("SkylakeX", "the processor has AVX-512")
              : new Core("Haswell", "the processor has AVX2"));
    }
  }

  /** The kernels that products are computed by, in this process. */
  public static Core core() {
    load();
    String name = loadedName();
    if (name.equalsIgnoreCase(System.getenv(CORE_TYPE))) {
      return new Core(name, CORE_TYPE + " says so");
    }
    return Core.of(Processor.here())
        .filter(chosen -> chosen.name().equalsIgnoreCase(name))
        .orElse(new Core(name, "OpenBLAS itself chose them"));
  }

  /** Loads it, if it is not there yet, before anything else does. */
  static synchronized void load() {
    if (!loaded) {
      if (System.getenv().getOrDefault(CORE_TYPE, "").isBlank()) {
        Core.of(Processor.here()).ifPresent(core -> setEnvironment(CORE_TYPE, core.name()));
      }
      Loader.load(openblas_nolapack.class);
      loaded = true;
    }
  }

  @SuppressWarnings("restricted")
  private static String loadedName() {
    FunctionDescriptor type = FunctionDescriptor.of(ADDRESS);
    Object name = ForeignFunction.call(SymbolLookup.loaderLookup(), "openblas_get_corename", type);
    return ((MemorySegment) name).reinterpret(NAME_BYTES).getString(0);
  }

  /** For native libraries that are loaded from now on; Java keeps a copy of what was before. */
  @SuppressWarnings("restricted")
  private static void setEnvironment(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      if (System.getProperty("os.name").startsWith("Windows")) {
        // OpenBLAS is linked with this C library, which has an environment of its own.
        SymbolLookup library = SymbolLookup.libraryLookup("msvcrt.dll", Arena.global());
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, ADDRESS);
        ForeignFunction.call(library, "_putenv", type, arena.allocateFrom(name + "=" + value));
      } else {
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        ForeignFunction.call(
            Linker.nativeLinker().defaultLookup(),
            "setenv",
            type,
            arena.allocateFrom(name),
            arena.allocateFrom(value),
            1);
      }
    }
  }
}
