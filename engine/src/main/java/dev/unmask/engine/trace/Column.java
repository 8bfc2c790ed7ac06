package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/**
 * One tensor of a trace file, row by row.
 *
 * @param <R> what a row is taken from: a state or a step
 * @param row its name and type, and the shape of one row
 * @param put writes a row, little-endian
 */
record Column<R>(Entry row, BiConsumer<ByteBuffer, R> put) {
  Column(String name, ElementType type, BiConsumer<ByteBuffer, R> put, long... rowShape) {
    this(new Entry(name, type, rowShape), put);
  }

  int rowBytes() {
    return Math.toIntExact(row.byteSize());
  }

  /** The whole tensor's name, type and shape. */
  Entry entry(int rows) {
    long[] shape = LongStream.concat(LongStream.of(rows), LongStream.of(row.shape())).toArray();
    return new Entry(row.name(), row.type(), shape);
  }
}
