package dev.unmask.engine.checkpoint.jinja;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a backslash in a text means to Jinja, which takes Python's <a
 * href="https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences">escapes</a>:
 * before a character that is none of them it stands for itself.
 */
final class Escapes {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})"
              + "|N\\{([^}]*)}|(.))",
          Pattern.DOTALL);

  private Escapes() {}

  static String translate(String text) {
    return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(meaning(escape)));
  }

  private static String meaning(MatchResult escape) {
    if (escape.group(1) != null) {
      return Character.toString(Integer.parseInt(escape.group(1), 8));
    }
    for (int group = 2; group <= 4; group++) {
      if (escape.group(group) != null) {
        return character(escape.group(), Long.parseLong(escape.group(group), 16));
      }
    }
    if (escape.group(5) != null) {
      return named(escape.group(), escape.group(5));
    }
    return switch (escape.group(6).charAt(0)) {
      case '\n' -> "";
      case '\\', '\'', '"' -> escape.group(6);
      case 'a' -> "\007";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'v' -> "\013";
      case 'x', 'u', 'U', 'N' -> throw bad(escape.group());
      default -> escape.group();
    };
  }

  /** Half a pair is no character that can be printed. */
  private static String character(String escape, long code) {
    boolean whole =
        code <= Character.MAX_CODE_POINT && Character.getType((int) code) != Character.SURROGATE;
    if (!whole) {
      throw bad(escape);
    }
    return Character.toString((int) code);
  }

  private static String named(String escape, String name) {
    try {
      return Character.toString(Character.codePointOf(name));
    } catch (IllegalArgumentException e) {
      throw bad(escape);
    }
  }

  private static TemplateException bad(String escape) {
    return new TemplateException(
        "has the escape \"%s\", which is no character".formatted(TemplateException.cut(escape)));
  }
}
