package dev.unmask.engine.training.bpe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * GPT-2's way of writing bytes as visible characters: printable Latin-1 stands for itself, the
 * other bytes for U+0100 and up, so that a space is Ġ.
 */
final class ByteAlphabet {
  /** Number of bytes that there are. */
  static final int SIZE = 256;

  private static final char[] CHARACTERS = characters();

  private ByteAlphabet() {}

  /** The character that stands for a byte. */
  static char character(int unsignedByte) {
    return CHARACTERS[unsignedByte];
  }

  /** All bytes, in the order of their characters. */
  static List<Integer> ordered() {
    List<Integer> bytes = new ArrayList<>();
    for (int value = 0; value < SIZE; value++) {
      bytes.add(value);
    }
    bytes.sort(Comparator.comparing(ByteAlphabet::character));
    return bytes;
  }

  private static char[] characters() {
    char[] characters = new char[SIZE];
    char next = 0x100;
    for (int value = 0; value < SIZE; value++) {
      boolean visible =
          value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xFF && value != 0xAD;
      characters[value] = visible ? (char) value : next++;
    }
    return characters;
  }
}
