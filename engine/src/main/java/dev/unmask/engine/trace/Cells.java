package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.Entry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Function;

/** The rows of a trace's tensors, wherever they lie. */
interface Cells {
  /** The bytes of little-endian numbers, at any address. */
  ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  /** The tensors there are, by name, each with the shape of one row. */
  Map<String, Entry> rows();

  /** The little-endian bytes of a row of a tensor that is there. */
  MemorySegment row(String name, int index);

  /** A row as something; {@code unknown} where there is no such tensor. */
  default <V> V read(String name, int index, Function<MemorySegment, V> decode, V unknown) {
    return rows().containsKey(name) ? decode.apply(row(name, index)) : unknown;
  }
}
