package dev.unmask.engine.tensor;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The graphics card of this machine: the first that NVIDIA's driver tells of. */
public sealed interface GraphicsCard {
  /** Asks the driver. */
  static GraphicsCard probe() {
    return CudaDriver.first();
  }

  /** In words, as the end of a sentence. */
  String words();

  /** Why ND4J cannot compute on it, as the end of a sentence. */
  Optional<String> obstacle();

  /**
   * There is none.
   *
   * @param words why
   */
  record Absent(String words) implements GraphicsCard {
    @Override
    public Optional<String> obstacle() {
      return Optional.of(words);
    }
  }

  /**
   * A card.
   *
   * @param driver the CUDA version that the driver knows, 1000 · major + 10 · minor
   * @param major of the compute capability
   * @param minor of the compute capability
   * @param memory in bytes, all of it
   */
  record Nvidia(String name, int driver, int major, int minor, long memory)
      implements GraphicsCard {
    /** ND4J's library has machine code from here on, */
    private static final int LEAST_CAPABILITY = 37;

    /** on Windows from here on, */
    private static final int LEAST_CAPABILITY_ON_WINDOWS = 53;

    /** and for later ones than 8.x a code that drivers translate. */
    private static final int TRANSLATED = 9;

    private static final int LEAST_DRIVER = 11_000;
    private static final double GIGABYTE = 1e9;

    @Override
    public Optional<String> obstacle() {
      int least = CudaDriver.ON_WINDOWS ? LEAST_CAPABILITY_ON_WINDOWS : LEAST_CAPABILITY;
      if (10 * major + minor < least) {
        return Optional.of(
            "the %s has compute capability %d.%d, and ND4J serves %d.%d and later"
                .formatted(name, major, minor, least / 10, least % 10));
      }
      return driver < LEAST_DRIVER
          ? Optional.of("the driver of the %s is older than CUDA 11".formatted(name))
          : Optional.empty();
    }

    /** Whether its driver has to translate ND4J's code, the first time that it runs. */
    boolean translates() {
      return major >= TRANSLATED;
    }

    /** Bytes of memory that nobody uses, asked of the driver; none if it does not say. */
    public OptionalLong free() {
      return obstacle().isPresent() ? OptionalLong.empty() : CudaDriver.free();
    }

    @Override
    public String words() {
      return String.format(
          Locale.ROOT,
          "%s, compute capability %d.%d, %.1f GB of memory, driver for CUDA %d.%d",
          name,
          major,
          minor,
          memory / GIGABYTE,
          driver / 1000,
          driver % 1000 / 10);
    }
  }
}
