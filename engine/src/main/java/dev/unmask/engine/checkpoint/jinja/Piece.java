package dev.unmask.engine.checkpoint.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A stretch of a template. */
sealed interface Piece {
  /** Printed as it is. */
  record Text(String text) implements Piece {}

  /** {{ … }}. */
  record Output(String code) implements Piece {}

  /** {% … %}. */
  record Statement(String code) implements Piece {}

  /** A text in quotes, in which a backslash changes what the character behind it means. */
  String QUOTED = "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"";

  /** What stands within a tag; texts in quotes may hold the tag's end. */
  String CODE = "((?:" + QUOTED + "|[^'\"])*?)";

  /**
   * A tag: an output in groups 1 to 3, a statement in 4 to 6, a comment in 7 to 9; each is a dash
   * where the white space before it is dropped, its code, and a dash for that behind it.
   */
  Pattern TAG =
      Pattern.compile(
          "\\{(?:\\{(-?)%1$s(-?)}|%%(-?)%1$s(-?)%%|#(-?)(.*?)(-?)#)}".formatted(CODE),
          Pattern.DOTALL);

  /**
   * Cuts a template. As in Hugging Face's programs, a line break behind a statement or a comment is
   * dropped, and so are spaces between a line's start and one of these.
   */
  static List<Piece> of(String template) {
    List<Piece> pieces = new ArrayList<>();
    Matcher tag = TAG.matcher(template);
    int at = 0;
    boolean strip = false;
    while (tag.find()) {
      int kind = IntStream.of(1, 4, 7).filter(i -> tag.group(i) != null).findFirst().orElseThrow();
      String text = template.substring(at, tag.start());
      text = strip ? text.stripLeading() : text;
      if (!tag.group(kind).isEmpty()) {
        text = text.stripTrailing();
      } else if (kind > 1 && startsLine(template, tag.start())) {
        text = text.replaceFirst("[ \\t]+\\z", "");
      }
      pieces.add(new Text(text));
      if (kind == 1) {
        pieces.add(new Output(tag.group(2)));
      } else if (kind == 4) {
        pieces.add(new Statement(tag.group(5).strip()));
      }
      strip = !tag.group(kind + 2).isEmpty();
      at = tag.end();
      if (kind > 1 && template.startsWith("\n", at)) {
        at++;
      }
    }
    String rest = template.substring(at);
    pieces.add(new Text(strip ? rest.stripLeading() : rest));
    return pieces;
  }

  /** Whether nothing but spaces stands before it in its line. */
  private static boolean startsLine(String template, int at) {
    return template.substring(template.lastIndexOf('\n', at - 1) + 1, at).isBlank();
  }
}
