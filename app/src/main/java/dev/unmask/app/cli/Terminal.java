package dev.unmask.app.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where the program prints. Names, tokens, and a server's words come from outside and may hold
 * characters that a terminal obeys, so all that is printed shows them as escapes: {@code println}
 * prints one line and {@code printf} one value each, whatever line breaks were in them, and {@code
 * print} a text, which keeps its line breaks. What the program itself has to tell the terminal goes
 * by {@link #control}.
 */
final class Terminal extends PrintWriter {
  private Terminal(PrintWriter out) {
    super(out, true);
  }

  /** The same as a terminal. */
  static Terminal of(PrintWriter out) {
    return out instanceof Terminal terminal ? terminal : new Terminal(out);
  }

  /** Prints what the terminal is to obey: nothing in it may come from outside. */
  void control(String sequence) {
    super.write(sequence, 0, sequence.length());
  }

  /** A text as it is shown: line breaks and tabs stay. */
  static String text(String text) {
    return escaped(text, true);
  }

  /** A name or a sentence as it is shown: in one line. */
  static String line(String text) {
    return escaped(text, false);
  }

  private static String escaped(String text, boolean lines) {
    if (text.chars().noneMatch(Terminal::isObeyed)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean breaks = c == '\n' || c == '\t' || c == '\r' && text.startsWith("\n", i + 1);
      shown.append(isObeyed(c) && !(lines && breaks) ? escape(c) : String.valueOf(c));
    }
    return shown.toString();
  }

  /** Controls, line separators, and what turns the direction of writing. */
  private static boolean isObeyed(int c) {
    return Character.isISOControl(c)
        || c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || c >= 0x2028 && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069;
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted((int) c);
    };
  }

  @Override
  public void println(String line) {
    super.println(line(line));
  }

  @Override
  public PrintWriter format(String format, Object... values) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, values);
  }

  @Override
  public PrintWriter format(Locale locale, String format, Object... values) {
    print(String.format(locale, format, Arrays.stream(values).map(Terminal::shown).toArray()));
    return this;
  }

  private static Object shown(Object value) {
    return value instanceof Number || value instanceof Character
        ? value
        : line(String.valueOf(value));
  }

  @Override
  public void write(String text, int from, int length) {
    control(text(text.substring(from, from + length)));
  }

  @Override
  public void write(char[] text, int from, int length) {
    control(text(new String(text, from, length)));
  }

  @Override
  public void write(int c) {
    control(text(Character.toString((char) c)));
  }
}
