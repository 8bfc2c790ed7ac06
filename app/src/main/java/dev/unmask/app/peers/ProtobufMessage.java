package dev.unmask.app.peers;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message in protocol buffers' wire format (https://protobuf.dev/programming-guides/encoding):
 * fields one behind the other, each with its number and how it is written.
 */
final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int WITH_LENGTH = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A whole number that is not negative. */
  ProtobufMessage whole(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  ProtobufMessage real(int field, float value) {
    tag(field, FIXED_32);
    byte[] four = new byte[Float.BYTES];
    ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    bytes.writeBytes(four);
    return this;
  }

  ProtobufMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufMessage message(int field, ProtobufMessage value) {
    return bytes(field, value.bytes());
  }

  ProtobufMessage bytes(int field, byte[] value) {
    tag(field, WITH_LENGTH);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** All fields so far. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  private void tag(int field, int form) {
    varint((long) field << 3 | form);
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private void varint(long value) {
    long left = value;
    while (left > 0x7f) {
      bytes.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }
}
