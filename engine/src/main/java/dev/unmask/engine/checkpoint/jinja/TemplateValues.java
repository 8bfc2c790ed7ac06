package dev.unmask.engine.checkpoint.jinja;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What Jinja does with values: strings, long integers, booleans, lists, maps, null for none, and a
 * mark for what is not defined.
 */
final class TemplateValues {
  /** What a name stands for that nobody gave a value. */
  static final Object UNDEFINED = new Object();

  /** Characters, and more than any prompt has. */
  static final int LONGEST_TEXT = 1 << 22;

  private static final JsonMapper JSON = new JsonMapper();

  private TemplateValues() {}

  static boolean isTrue(Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Long number -> number != 0;
      case String text -> !text.isEmpty();
      case Collection<?> items -> !items.isEmpty();
      case Map<?, ?> fields -> !fields.isEmpty();
      default -> value != UNDEFINED;
    };
  }

  /** As it is printed. */
  static String text(Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean truth -> truth ? "True" : "False";
      default -> value == UNDEFINED ? "" : value.toString();
    };
  }

  /** A map's field, a list's element, or nothing. */
  static Object part(Object whole, Object key) {
    if (whole instanceof Map<?, ?> fields && key != null && fields.containsKey(key)) {
      return fields.get(key);
    }
    if (whole instanceof List<?> items && key instanceof Long index) {
      long at = index < 0 ? items.size() + index : index;
      return at >= 0 && at < items.size() ? items.get((int) at) : UNDEFINED;
    }
    if (whole == UNDEFINED) {
      throw new TemplateException("takes \"" + text(key) + "\" of what is not defined");
    }
    return UNDEFINED;
  }

  static Object add(Scope scope, Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return exact(() -> Math.addExact(a, b));
    }
    if (left instanceof String a && right instanceof String b) {
      return join(scope, a, b);
    }
    throw new TemplateException("adds what is neither two numbers nor two texts");
  }

  /** Two texts as one. */
  static String join(Scope scope, String left, String right) {
    scope.work((long) left.length() + right.length());
    if ((long) left.length() + right.length() > LONGEST_TEXT) {
      throw new TemplateException(
          "makes a text of more than %,d characters".formatted(LONGEST_TEXT));
    }
    return left + right;
  }

  /** A number that a long must be able to hold. */
  static long exact(LongSupplier number) {
    try {
      return number.getAsLong();
    } catch (ArithmeticException e) {
      throw new TemplateException("reckons with numbers that are too great");
    }
  }

  /** How much there is to look at when a value is compared, at least 1. */
  static int size(Object value) {
    return switch (value) {
      case String text -> Math.max(1, text.length());
      case Collection<?> items -> Math.max(1, items.size());
      case null, default -> 1;
    };
  }

  static long number(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw new TemplateException("reckons with what is no number");
  }

  static boolean contains(Object whole, Object part) {
    return switch (whole) {
      case String text -> text.contains(text(part));
      case Collection<?> items -> items.stream().anyMatch(item -> Objects.equals(item, part));
      case Map<?, ?> fields -> part != null && fields.containsKey(part);
      case null, default -> throw new TemplateException("looks for something in what has no parts");
    };
  }

  static boolean passes(String test, Object value) {
    return switch (test) {
      case "defined" -> value != UNDEFINED;
      case "undefined" -> value == UNDEFINED;
      case "none" -> Objects.isNull(value);
      case "string" -> value instanceof String;
      case "mapping" -> value instanceof Map;
      case "iterable", "sequence" -> value instanceof Collection || value instanceof String;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      default -> throw new TemplateException("has the test \"" + test + "\"");
    };
  }

  /** A filter without arguments, or a text's method of the same meaning. */
  static Object filter(Scope scope, String name, Object value) {
    scope.work(size(value));
    return switch (name) {
      case "trim", "strip" -> text(value).strip();
      case "upper" -> text(value).toUpperCase(Locale.ROOT);
      case "lower" -> text(value).toLowerCase(Locale.ROOT);
      case "string" -> text(value);
      case "safe" -> value;
      case "length", "count" -> length(value);
      case "first" -> part(value, 0L);
      case "last" -> part(value, -1L);
      case "tojson" -> json(value);
      default -> throw new TemplateException("has the filter \"" + name + "\"");
    };
  }

  private static long length(Object value) {
    return switch (value) {
      case String text -> text.length();
      case Collection<?> items -> items.size();
      case Map<?, ?> fields -> fields.size();
      case null, default -> throw new TemplateException("counts what has no parts");
    };
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new TemplateException("writes as JSON what is none");
    }
  }
}
