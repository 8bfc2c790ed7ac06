package dev.unmask.engine.safetensors;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A memory-mapped file of named tensors (https://github.com/huggingface/safetensors). Its header is
 * checked before anything is believed. Any thread may read; nobody may after {@link #close}.
 */
public final class SafetensorsFile implements Weights {
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORTS =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final Runnable release;
  private final Header header;
  private final MemorySegment data;

  private SafetensorsFile(Path file, Runnable release, Header header, MemorySegment data) {
    this.file = file;
    this.release = release;
    this.header = header;
    this.data = data;
  }

  /**
   * Whether a file may be one: it begins with a header's size, of which the upper half is zero, as
   * no text and no archive has it.
   */
  public static boolean is(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] size = in.readNBytes(Long.BYTES);
      return size.length == Long.BYTES && Arrays.equals(size, 4, 8, new byte[4], 0, 4);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Maps a file, until it is closed, and checks its header.
   *
   * @throws InputException if it is missing, cut short, or its header lies
   */
  public static SafetensorsFile open(Path file) {
    Arena arena = Arena.ofShared();
    try {
      return open(file, arena, () -> close(arena));
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Maps a file for as long as an arena lives, and checks its header; closing it does nothing.
   *
   * @throws InputException if it is missing, cut short, or its header lies
   */
  public static SafetensorsFile open(Path file, Arena arena) {
    return open(file, arena, () -> {});
  }

  private static SafetensorsFile open(Path file, Arena arena, Runnable release) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + " is not a file; check the path.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      long dataStart = dataStart(file, all);
      MemorySegment data = all.asSlice(dataStart);
      MemorySegment text = all.asSlice(Long.BYTES, dataStart - Long.BYTES);
      Header header = Header.parse(file, text.asByteBuffer(), data.byteSize());
      return new SafetensorsFile(file, release, header, data);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, IOException e) {
    return new InputException(
        "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
  }

  private static long dataStart(Path file, MemorySegment all) {
    if (all.byteSize() < Long.BYTES) {
      throw Header.bad(file, "it has only " + all.byteSize() + " bytes");
    }
    long headerSize = all.get(LONGS, 0);
    if (headerSize < 0 || headerSize > Header.LONGEST) {
      throw Header.bad(
          file, "its header claims to have " + Long.toUnsignedString(headerSize) + " bytes");
    }
    if (Long.BYTES + headerSize > all.byteSize()) {
      throw Header.bad(
          file,
          "its header claims to have %d bytes and the file has %d"
              .formatted(headerSize, all.byteSize()));
    }
    return Long.BYTES + headerSize;
  }

  @Override
  public Path path() {
    return file;
  }

  /** The free-form strings of its header. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public SequencedMap<String, Entry> entries() {
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    header.tensors().forEach((name, located) -> entries.put(name, located.entry()));
    return Collections.unmodifiableSequencedMap(entries);
  }

  @Override
  public Entry entry(String name) {
    return located(name).entry();
  }

  @Override
  public MemorySegment data(String name) {
    Header.Located located = located(name);
    return data.asSlice(located.begin(), located.end() - located.begin());
  }

  @Override
  public float[] floats(String name) {
    return floats(name, 0, length(name));
  }

  @Override
  public float[] floats(String name, long first, int count) {
    ElementType type = entry(name).type();
    MemorySegment bytes = data(name).asSlice(first * type.bytes(), (long) count * type.bytes());
    float[] floats = new float[count];
    switch (type) {
      case F32 -> MemorySegment.copy(bytes, FLOATS, 0, floats, 0, count);
      case F64 -> {
        for (int i = 0; i < count; i++) {
          floats[i] = (float) bytes.get(DOUBLES, 8L * i);
        }
      }
      case F16 -> {
        short[] halves = shorts(bytes, count);
        for (int i = 0; i < count; i++) {
          floats[i] = Float.float16ToFloat(halves[i]);
        }
      }
      case BF16 -> {
        short[] halves = shorts(bytes, count);
        for (int i = 0; i < count; i++) {
          floats[i] = Bfloat16.toFloat(halves[i]);
        }
      }
      default -> throw wrongType(name, "floating-point numbers");
    }
    return floats;
  }

  /** In one go: before it is compiled, reading them one by one takes most of a model's opening. */
  private static short[] shorts(MemorySegment bytes, int count) {
    short[] shorts = new short[count];
    MemorySegment.copy(bytes, SHORTS, 0, shorts, 0, count);
    return shorts;
  }

  @Override
  public Values values(String name) {
    MemorySegment bytes = data(name);
    int length = length(name);
    return switch (entry(name).type()) {
      case F64 -> {
        double[] doubles = new double[length];
        MemorySegment.copy(bytes, DOUBLES, 0, doubles, 0, length);
        yield new Values.F64(doubles);
      }
      case F32 -> new Values.F32(floats(name));
      case I64 -> {
        long[] longs = new long[length];
        MemorySegment.copy(bytes, LONGS, 0, longs, 0, length);
        yield new Values.I64(longs);
      }
      case I32 -> {
        int[] ints = new int[length];
        MemorySegment.copy(bytes, INTS, 0, ints, 0, length);
        yield new Values.I32(ints);
      }
      case U8 -> new Values.U8(bytes.toArray(ValueLayout.JAVA_BYTE));
      default -> throw wrongType(name, "F64, F32, I64, I32 or U8");
    };
  }

  private int length(String name) {
    long elements = entry(name).elements();
    // A little under the largest array, which some virtual machines do not allow.
    if (elements > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "%s cannot be read: tensor \"%s\" has %d elements, more than an array can hold."
              .formatted(file, name, elements));
    }
    return (int) elements;
  }

  private InputException wrongType(String name, String wanted) {
    return new InputException(
        "%s cannot be used: tensor \"%s\" is %s where %s are needed."
            .formatted(file, name, entry(name).type(), wanted));
  }

  private Header.Located located(String name) {
    Header.Located located = header.tensors().get(name);
    if (located == null) {
      throw new InputException(
          "%s has no tensor \"%s\"; it is not the kind of file that is needed here."
              .formatted(file, name));
    }
    return located;
  }

  /** Unmaps the file, once, unless it is mapped in an arena of somebody else's. */
  @Override
  public void close() {
    release.run();
  }

  private static void close(Arena arena) {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
