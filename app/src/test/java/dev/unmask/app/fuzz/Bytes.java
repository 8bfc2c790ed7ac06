package dev.unmask.app.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damage to bytes that knows nothing of what they mean, but for the numbers in texts. */
final class Bytes {
  /** Numbers at which programs go wrong. */
  static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "2",
          "3",
          "7",
          "-2",
          "255",
          "256",
          "65535",
          "65536",
          "1000000",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967295",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "99999999999999999999999999",
          "0.5",
          "1e-320",
          "1e308",
          "1e999",
          "-1e999",
          "NaN");

  private static final long[] WORDS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private Bytes() {}

  /** Changes one place to eight, one after the other. */
  static byte[] damage(byte[] input, RandomGenerator random) {
    byte[] bytes = input.clone();
    int times = 1 << random.nextInt(4);
    for (int i = 0; i < times; i++) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, RandomGenerator random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 << random.nextInt(7));
    return switch (random.nextInt(10)) {
      case 0 -> set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 1 -> set(bytes, at, (byte) random.nextInt(256));
      case 2 -> set(bytes, at, (byte) " \"\\{}[](),:;0-%<>\n\0~".charAt(random.nextInt(20)));
      case 3 -> spliced(bytes, at, at + length, new byte[0]);
      case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 5 -> Arrays.copyOf(bytes, at);
      case 6 -> word(bytes, at, random);
      case 7 -> {
        int from = random.nextInt(bytes.length);
        int some = Math.min(bytes.length - from, length);
        yield spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, from + some));
      }
      default -> number(bytes, at, random);
    };
  }

  private static byte[] set(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  /** What stands between two places gives way. */
  static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(inserted);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static byte[] word(byte[] bytes, int at, RandomGenerator random) {
    byte[] word = new byte[Long.BYTES];
    ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int size = 1 << random.nextInt(4);
    long value = WORDS[random.nextInt(WORDS.length)];
    ByteBuffer.wrap(word).order(order).putLong(value);
    int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - size;
    System.arraycopy(word, from, bytes, at, Math.min(size, bytes.length - at));
    return bytes;
  }

  /** Another number in place of the next one. */
  private static byte[] number(byte[] bytes, int at, RandomGenerator random) {
    int from = at;
    while (from < bytes.length && !Character.isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && (Character.isDigit(bytes[to]) || bytes[to] == '.')) {
      to++;
    }
    byte[] number = Mutator.any(NUMBERS, random).getBytes(StandardCharsets.US_ASCII);
    return spliced(bytes, from, to, number);
  }
}
