package dev.unmask.app.export.vector;

/** What may stand in a document's text for characters that may not. */
final class Legible {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int REPLACEMENT = 0xFFFD;

  private Legible() {}

  /** The character itself, a picture of a control character, or the replacement character. */
  static int of(int codePoint) {
    if (codePoint < ' ') {
      return CONTROL_PICTURES + codePoint;
    }
    return switch (codePoint) {
      case 0x7F -> DELETE_PICTURE;
      case 0xFFFE, 0xFFFF -> REPLACEMENT;
      default ->
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
              ? REPLACEMENT
              : codePoint;
    };
  }

  /** A text of such characters. */
  static String of(String text) {
    return text.codePoints()
        .map(Legible::of)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
