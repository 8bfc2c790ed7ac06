package dev.unmask.engine.safetensors;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ObjIntConsumer;

/**
 * Where a tensor's bytes come from when a file is written; little-endian, in pieces of any size.
 */
@FunctionalInterface
public interface Source {
  /** Hands over all the bytes, once, in order. */
  void writeTo(Sink sink) throws IOException;

  /** Takes bytes; a piece may be reused once it returns. */
  @FunctionalInterface
  interface Sink {
    /** Takes what remains in {@code bytes}. */
    void put(ByteBuffer bytes) throws IOException;
  }

  /** Float32 numbers, for an F32 tensor. */
  static Source of(float... floats) {
    return pieces(floats.length, Float.BYTES, (buffer, i) -> buffer.putFloat(floats[i]));
  }

  /** Float32 numbers rounded to float16, for an F16 tensor. */
  static Source asFloat16(float... floats) {
    return pieces(
        floats.length,
        Short.BYTES,
        (buffer, i) -> buffer.putShort(Float.floatToFloat16(floats[i])));
  }

  /** Float32 numbers rounded to bfloat16, for a BF16 tensor. */
  static Source asBfloat16(float... floats) {
    return pieces(
        floats.length, Short.BYTES, (buffer, i) -> buffer.putShort(Bfloat16.fromFloat(floats[i])));
  }

  /** An array, for a tensor of its own type. */
  static Source of(Values values) {
    return switch (values) {
      case Values.F64(double[] data) ->
          pieces(data.length, Double.BYTES, (buffer, i) -> buffer.putDouble(data[i]));
      case Values.F32(float[] data) -> of(data);
      case Values.I64(long[] data) ->
          pieces(data.length, Long.BYTES, (buffer, i) -> buffer.putLong(data[i]));
      case Values.I32(int[] data) ->
          pieces(data.length, Integer.BYTES, (buffer, i) -> buffer.putInt(data[i]));
      case Values.U8(byte[] data) -> sink -> sink.put(ByteBuffer.wrap(data));
    };
  }

  /** Bytes outside the heap (or of a byte array) that are little-endian already. */
  static Source of(MemorySegment bytes) {
    return sink -> {
      long piece = 1 << 24;
      for (long at = 0; at < bytes.byteSize(); at += piece) {
        sink.put(bytes.asSlice(at, Math.min(piece, bytes.byteSize() - at)).asByteBuffer());
      }
    };
  }

  private static Source pieces(int elements, int elementBytes, ObjIntConsumer<ByteBuffer> put) {
    return sink -> {
      int most = 1 << 14;
      ByteBuffer buffer = ByteBuffer.allocateDirect(Math.min(most, elements) * elementBytes);
      buffer.order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < elements; i++) {
        put.accept(buffer, i);
        if (!buffer.hasRemaining()) {
          sink.put(buffer.flip());
          buffer.clear();
        }
      }
      sink.put(buffer.flip());
    };
  }
}
