package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/**
 * A graphics card as NVIDIA's driver describes it.
 *
 * @param driver the CUDA version that the driver knows, 1000 · major + 10 · minor
 * @param major of the compute capability
 * @param minor of the compute capability
 */
record CudaCard(String name, int driver, int major, int minor) {
  /** ND4J's library has machine code for these, and none that a driver could translate. */
  private static final int LEAST_CAPABILITY = 37;

  private static final int GREATEST_CAPABILITY = 89;

  private static final int LEAST_DRIVER = 11_000;

  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int NAME_BYTES = 256;

  /** Why ND4J cannot compute on it, as the end of a sentence. */
  Optional<String> obstacle() {
    int capability = 10 * major + minor;
    if (capability < LEAST_CAPABILITY || capability > GREATEST_CAPABILITY) {
      return Optional.of(
          "the %s has compute capability %d.%d, and ND4J serves 3.7 to 8.9"
              .formatted(name, major, minor));
    }
    return driver < LEAST_DRIVER
        ? Optional.of("the driver of the %s is older than CUDA 11".formatted(name))
        : Optional.empty();
  }

  /** The first card, asked of the driver itself; none without a driver or a card. */
  @SuppressWarnings("restricted")
  static Optional<CudaCard> probe() {
    String library =
        System.getProperty("os.name").startsWith("Windows") ? "nvcuda.dll" : "libcuda.so.1";
    try (Arena arena = Arena.ofConfined()) {
      Driver driver = new Driver(arena, SymbolLookup.libraryLookup(library, arena));
      return driver.call("cuInit", 0) && driver.count() > 0
          ? Optional.of(driver.first())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // That is how the look-up says that there is no such library.
      return Optional.empty();
    }
  }

  /** NVIDIA's driver interface (https://docs.nvidia.com/cuda/cuda-driver-api). */
  private record Driver(Arena arena, SymbolLookup library) {
    private static final int SUCCESS = 0;

    /** Whether a function of the driver succeeds. */
    boolean call(String function, Object... arguments) {
      MemoryLayout[] layouts = new MemoryLayout[arguments.length];
      for (int i = 0; i < layouts.length; i++) {
        layouts[i] = arguments[i] instanceof MemorySegment ? ADDRESS : JAVA_INT;
      }
      FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, layouts);
      return (int) ForeignFunction.call(library, function, type, arguments) == SUCCESS;
    }

    int count() {
      MemorySegment number = arena.allocate(JAVA_INT);
      return call("cuDeviceGetCount", number) ? number.get(JAVA_INT, 0) : 0;
    }

    CudaCard first() {
      MemorySegment number = arena.allocate(JAVA_INT);
      MemorySegment name = arena.allocate(NAME_BYTES);
      call("cuDeviceGet", number, 0);
      int device = number.get(JAVA_INT, 0);
      call("cuDeviceGetName", name, NAME_BYTES, device);
      call("cuDriverGetVersion", number);
      int version = number.get(JAVA_INT, 0);
      return new CudaCard(
          name.getString(0),
          version,
          attribute(CAPABILITY_MAJOR, device),
          attribute(CAPABILITY_MINOR, device));
    }

    private int attribute(int which, int device) {
      MemorySegment value = arena.allocate(JAVA_INT);
      call("cuDeviceGetAttribute", value, which, device);
      return value.get(JAVA_INT, 0);
    }
  }
}
