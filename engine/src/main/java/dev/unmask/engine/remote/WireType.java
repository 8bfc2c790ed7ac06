package dev.unmask.engine.remote;

import dev.unmask.engine.safetensors.Bfloat16;
import java.nio.ByteBuffer;

/** The element types of the protocol that ids and logits have, all little-endian. */
enum WireType {
  INT32(4) {
    @Override
    double get(ByteBuffer data, int at) {
      return data.getInt(at);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putInt((int) value);
    }
  },
  INT64(8) {
    @Override
    double get(ByteBuffer data, int at) {
      return data.getLong(at);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putLong((long) value);
    }
  },
  FP16(2) {
    @Override
    double get(ByteBuffer data, int at) {
      return Float.float16ToFloat(data.getShort(at));
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putShort(Float.floatToFloat16((float) value));
    }
  },
  BF16(2) {
    @Override
    double get(ByteBuffer data, int at) {
      return Bfloat16.toFloat(data.getShort(at));
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putShort(Bfloat16.fromFloat((float) value));
    }
  },
  FP32(4) {
    @Override
    double get(ByteBuffer data, int at) {
      return data.getFloat(at);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putFloat((float) value);
    }
  },
  FP64(8) {
    @Override
    double get(ByteBuffer data, int at) {
      return data.getDouble(at);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putDouble(value);
    }
  };

  private final int bytes;

  WireType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of an element. */
  int bytes() {
    return bytes;
  }

  /** Whether its elements are whole numbers. */
  boolean isWhole() {
    return this == INT32 || this == INT64;
  }

  /** The element at a byte; exact, for ids are below 2⁵³. */
  abstract double get(ByteBuffer data, int at);

  abstract void put(ByteBuffer data, double value);
}
