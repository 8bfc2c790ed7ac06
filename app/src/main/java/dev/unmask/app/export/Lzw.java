package dev.unmask.app.export;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The compression of GIF, of bytes to codes of 9 to 12 bits, in blocks of at most 255 bytes: <a
 * href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a</a>, appendix F.
 */
final class Lzw {
  private static final int BITS = 8;
  private static final int CLEAR = 1 << BITS;
  private static final int END = CLEAR + 1;
  private static final int MOST_BITS = 12;
  private static final int BLOCK = 255;

  /** The code of a code followed by a byte, from {@code code << 8 | byte}; 0 if there is none. */
  private final short[] longer = new short[1 << MOST_BITS + BITS];

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final byte[] block = new byte[1 + BLOCK];
  private int filled;
  private long pending;
  private int pendingBits;
  private int width = BITS + 1;
  private int next = END + 1;

  private Lzw() {}

  /** The bytes of an image, with what GIF writes before and after. */
  static byte[] compressed(byte[] indices) {
    return new Lzw().compress(indices);
  }

  private byte[] compress(byte[] indices) {
    out.write(BITS);
    put(CLEAR);
    int code = indices[0] & 0xFF;
    for (int i = 1; i < indices.length; i++) {
      int index = indices[i] & 0xFF;
      int key = code << BITS | index;
      if (longer[key] != 0) {
        code = longer[key];
      } else {
        put(code);
        remember(key);
        code = index;
      }
    }
    put(code);
    put(END);
    finish();
    return out.toByteArray();
  }

  private void remember(int key) {
    if (next == 1 << MOST_BITS) {
      put(CLEAR);
      Arrays.fill(longer, (short) 0);
      next = END + 1;
      width = BITS + 1;
      return;
    }
    longer[key] = (short) next++;
  }

  private void put(int code) {
    pending |= (long) code << pendingBits;
    pendingBits += width;
    while (pendingBits >= Byte.SIZE) {
      put((byte) pending);
      pending >>>= Byte.SIZE;
      pendingBits -= Byte.SIZE;
    }
    // A reader learns a code one code later than this writer.
    if (next == 1 << width && width < MOST_BITS) {
      width++;
    }
  }

  private void put(byte value) {
    block[++filled] = value;
    if (filled == BLOCK) {
      flush();
    }
  }

  private void flush() {
    block[0] = (byte) filled;
    out.write(block, 0, 1 + filled);
    filled = 0;
  }

  private void finish() {
    if (pendingBits > 0) {
      put((byte) pending);
    }
    if (filled > 0) {
      flush();
    }
    out.write(0);
  }
}
