package dev.unmask.engine.checkpoint.jinja;

import java.util.ArrayList;
import java.util.List;

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

  /**
   * Cuts a template, in one pass. As in Hugging Face's programs, a line break behind a statement or
   * a comment is dropped, and so are spaces between a line's start and one of these.
   *
   * @throws TemplateException if a tag has no end
   */
  static List<Piece> of(String template) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    boolean strip = false;
    for (int open = tag(template, 0); open >= 0; open = tag(template, at)) {
      char kind = template.charAt(open + 1);
      boolean inLine = kind == '{';
      String text = template.substring(at, open);
      text = strip ? text.stripLeading() : text;
      int begin = open + 2;
      int close = close(template, begin, inLine ? '}' : kind);
      boolean stripBefore = begin < close && template.charAt(begin) == '-';
      begin += stripBefore ? 1 : 0;
      strip = begin < close && template.charAt(close - 1) == '-';
      String code = template.substring(begin, close - (strip ? 1 : 0));
      if (stripBefore) {
        text = text.stripTrailing();
      } else if (!inLine) {
        text = withoutIndent(text, at == 0 || template.charAt(at - 1) == '\n');
      }
      pieces.add(new Text(text));
      if (inLine) {
        pieces.add(new Output(code));
      } else if (kind == '%') {
        pieces.add(new Statement(code.strip()));
      }
      at = close + 2;
      if (!inLine && template.startsWith("\n", at)) {
        at++;
      }
    }
    String rest = template.substring(at);
    pieces.add(new Text(strip ? rest.stripLeading() : rest));
    return pieces;
  }

  /** Where the next tag begins, or −1. */
  private static int tag(String template, int from) {
    for (int at = template.indexOf('{', from); at >= 0; at = template.indexOf('{', at + 1)) {
      if (at + 1 < template.length() && "{%#".indexOf(template.charAt(at + 1)) >= 0) {
        return at;
      }
    }
    return -1;
  }

  /** Where a tag ends; texts in quotes may hold the tag's end, but in a comment are no texts. */
  private static int close(String template, int from, char kind) {
    char quote = 0;
    for (int at = from; at + 1 < template.length(); at++) {
      char c = template.charAt(at);
      if (quote != 0) {
        at += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == kind && template.charAt(at + 1) == '}') {
        return at;
      } else if (kind != '#' && (c == '\'' || c == '"')) {
        quote = c;
      }
    }
    throw new TemplateException("has a tag without an end");
  }

  /** A text without the spaces at its end, if nothing else stands before them in their line. */
  private static String withoutIndent(String text, boolean startsLine) {
    int line = text.lastIndexOf('\n') + 1;
    boolean blank = (line > 0 || startsLine) && text.substring(line).isBlank();
    int end = text.length();
    while (blank && end > line && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      end--;
    }
    return text.substring(0, end);
  }
}
