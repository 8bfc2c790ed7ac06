package dev.unmask.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The table of SentencePiece's normalizer: how many bytes its <a
 * href="https://github.com/s-yata/darts-clone">double-array trie</a> has, the trie, and the texts
 * that it leads to, each ended by a zero. What walks it looks at no bounds.
 */
final class CharsMap {
  private static final int BYTE = 0xFF;
  private static final int NO_NODE = 1 << 31;
  private static final int HAS_VALUE = 1 << 8;

  private CharsMap() {}

  /** Whether no walk leaves the trie, and each ends where a text begins. */
  static boolean isSound(String base64) {
    ByteBuffer map;
    try {
      map = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IllegalArgumentException e) {
      return false;
    }
    int size = map.remaining() < Integer.BYTES ? -1 : map.getInt();
    if (size < Integer.BYTES || size > map.remaining() || size % Integer.BYTES != 0) {
      return false;
    }
    IntBuffer trie = map.slice(map.position(), size).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    ByteBuffer texts = map.slice(map.position() + size, map.remaining() - size);
    return isText(texts.duplicate()) && isSound(trie, texts);
  }

  private static boolean isText(ByteBuffer texts) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(texts);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isSound(IntBuffer trie, ByteBuffer texts) {
    boolean sound = (offset(trie.get(0)) | BYTE) < trie.limit();
    for (int i = 1; i < trie.limit() && sound; i++) {
      int unit = trie.get(i);
      if ((unit & NO_NODE) == 0 && (unit & BYTE) != 0) {
        int children = i ^ offset(unit);
        sound = (children | BYTE) < trie.limit();
        if (sound && (unit & HAS_VALUE) != 0) {
          sound = begins(texts, trie.get(children) & ~NO_NODE);
        }
      }
    }
    return sound;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  /** Whether a character begins there, or the texts end. */
  private static boolean begins(ByteBuffer texts, int at) {
    return at == texts.limit() || at < texts.limit() && (texts.get(at) & 0xC0) != 0x80;
  }
}
