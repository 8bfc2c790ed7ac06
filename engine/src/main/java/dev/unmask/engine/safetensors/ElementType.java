package dev.unmask.engine.safetensors;

/** The element types of the format that this program reads and writes, all little-endian. */
public enum ElementType {
  /** IEEE float64. */
  F64(8),
  /** IEEE float32. */
  F32(4),
  /** IEEE float16. */
  F16(2),
  /** The upper half of a float32. */
  BF16(2),
  /** Signed 64-bit integers. */
  I64(8),
  /** Signed 32-bit integers. */
  I32(4),
  /** Signed 16-bit integers. */
  I16(2),
  /** Signed bytes. */
  I8(1),
  /** Unsigned bytes. */
  U8(1),
  /** A byte that is 0 or 1. */
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes that one element takes. */
  public int bytes() {
    return bytes;
  }
}
