package dev.unmask.engine.safetensors;

import dev.unmask.engine.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.SequencedMap;

/**
 * Memory-mapped tensors of a checkpoint, in one file or in several. Any thread may read; nobody may
 * after {@link #close}.
 */
public sealed interface Weights extends AutoCloseable permits SafetensorsFile, ShardedWeights {
  /** Where they lie: the file, or the index of the files. */
  Path path();

  /** The tensors by name, in the order of the header or the index. */
  SequencedMap<String, Entry> entries();

  /**
   * One tensor's type and shape.
   *
   * @throws InputException if there is none of that name
   */
  Entry entry(String name);

  /** One tensor's bytes, little-endian; read-only, not always aligned. */
  MemorySegment data(String name);

  /** One tensor of floating-point numbers as float32; F64 is rounded, the others are exact. */
  float[] floats(String name);

  /** {@code count} elements of such a tensor, from element {@code first} on. */
  float[] floats(String name, long first, int count);

  /** One tensor of a type that {@link Values} has. */
  Values values(String name);

  /** Bytes of all tensors. */
  default long byteSize() {
    return entries().values().stream().mapToLong(Entry::byteSize).sum();
  }

  /** Unmaps them, once. */
  @Override
  void close();
}
