package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.OptionalLong;

/**
 * NVIDIA's driver, asked about its first card (https://docs.nvidia.com/cuda/cuda-driver-api).
 *
 * @param arena of what is passed to it
 */
record CudaDriver(Arena arena, SymbolLookup library) {
  /** Whether this is Windows, where libraries have other names and other contents. */
  static final boolean ON_WINDOWS = System.getProperty("os.name").startsWith("Windows");

  private static final int SUCCESS = 0;
  private static final int NO_DEVICE = 100;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int NAME_BYTES = 256;

  /** The first card, or why there is none. */
  static GraphicsCard first() {
    try (Arena arena = Arena.ofConfined()) {
      CudaDriver driver = in(arena);
      int result = driver.call("cuInit", 0);
      if (result == NO_DEVICE || result == SUCCESS && driver.count() == 0) {
        return new GraphicsCard.Absent("NVIDIA's driver finds no card");
      }
      return result == SUCCESS
          ? driver.card()
          : new GraphicsCard.Absent("NVIDIA's driver does not start (error %d)".formatted(result));
    } catch (IllegalArgumentException e) {
      // That is how the look-up says that there is no such library.
      return new GraphicsCard.Absent("there is no driver for NVIDIA's cards");
    }
  }

  /**
   * Bytes that are free on it. The driver knows them in a context only; of the card's own, which
   * ND4J uses as well, one more user is counted for as long as this takes.
   */
  static OptionalLong free() {
    try (Arena arena = Arena.ofConfined()) {
      CudaDriver driver = in(arena);
      int device = driver.device();
      MemorySegment context = arena.allocate(ADDRESS);
      if (driver.call("cuDevicePrimaryCtxRetain", context, device) != SUCCESS) {
        return OptionalLong.empty();
      }
      driver.call("cuCtxPushCurrent_v2", context.get(ADDRESS, 0));
      MemorySegment free = arena.allocate(JAVA_LONG);
      int result = driver.call("cuMemGetInfo_v2", free, arena.allocate(JAVA_LONG));
      driver.call("cuCtxPopCurrent_v2", context);
      driver.call("cuDevicePrimaryCtxRelease_v2", device);
      return result == SUCCESS ? OptionalLong.of(free.get(JAVA_LONG, 0)) : OptionalLong.empty();
    }
  }

  /** It stays loaded: what it started on the card does not bear being taken down. */
  @SuppressWarnings("restricted")
  private static CudaDriver in(Arena arena) {
    String library = ON_WINDOWS ? "nvcuda.dll" : "libcuda.so.1";
    return new CudaDriver(arena, SymbolLookup.libraryLookup(library, Arena.global()));
  }

  /** What a function of the driver returns. */
  private int call(String function, Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = arguments[i] instanceof MemorySegment ? ADDRESS : JAVA_INT;
    }
    FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, layouts);
    return (int) ForeignFunction.call(library, function, type, arguments);
  }

  private int count() {
    MemorySegment number = arena.allocate(JAVA_INT);
    return call("cuDeviceGetCount", number) == SUCCESS ? number.get(JAVA_INT, 0) : 0;
  }

  private int device() {
    MemorySegment number = arena.allocate(JAVA_INT);
    call("cuDeviceGet", number, 0);
    return number.get(JAVA_INT, 0);
  }

  private GraphicsCard.Nvidia card() {
    int device = device();
    MemorySegment name = arena.allocate(NAME_BYTES);
    MemorySegment version = arena.allocate(JAVA_INT);
    MemorySegment memory = arena.allocate(JAVA_LONG);
    call("cuDeviceGetName", name, NAME_BYTES, device);
    call("cuDriverGetVersion", version);
    call("cuDeviceTotalMem_v2", memory, device);
    return new GraphicsCard.Nvidia(
        name.getString(0),
        version.get(JAVA_INT, 0),
        attribute(CAPABILITY_MAJOR, device),
        attribute(CAPABILITY_MINOR, device),
        memory.get(JAVA_LONG, 0));
  }

  private int attribute(int which, int device) {
    MemorySegment value = arena.allocate(JAVA_INT);
    call("cuDeviceGetAttribute", value, which, device);
    return value.get(JAVA_INT, 0);
  }
}
