package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.run.Breakpoint.Condition;
import dev.unmask.engine.run.Breakpoint.Place;
import dev.unmask.engine.run.Breakpoint.What;
import dev.unmask.engine.trace.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a breakpoint: {@code EVENT [where FIELD OPERATOR VALUE [and …]]}. */
final class BreakpointText {
  private static final Pattern PIECE =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|#\\d+|[A-Za-z]+|<=|>=|!=|[<>=]|[-+.\\w]+|\\S)");

  /** The numbers that a condition can ask for. */
  private enum Field {
    POSITION(Place::position),
    STEP(place -> place.moment().index() + 1),
    CONFIDENCE(place -> place.moment().step().decision().confidence()[place.position()]),
    ENTROPY(place -> place.moment().step().entropy()[place.position()]),
    BLOCK(place -> place.moment().sampler().block(place.moment().before()).index() + 1),
    MASKS(
        place ->
            Arrays.stream(place.moment().after().tokens())
                .filter(token -> token == place.moment().trace().header().tokens().maskId())
                .count()),
    GIVEN(place -> Mark.given(place.moment().before().marks()[place.position()]) ? 1 : 0);

    private final ToDoubleFunction<Place> value;

    Field(ToDoubleFunction<Place> value) {
      this.value = value;
    }
  }

  private static final String TOKEN = "token";

  private final String text;
  private final List<String> pieces = new ArrayList<>();
  private int next;

  BreakpointText(String text) {
    this.text = text;
    Matcher piece = PIECE.matcher(text.strip());
    while (piece.find()) {
      pieces.add(piece.group(1));
    }
  }

  Breakpoint read() {
    String first = take("one of " + What.words());
    What what =
        What.all().stream()
            .filter(known -> known.word().equals(first))
            .findFirst()
            .orElseThrow(() -> wrong("'%s' is no event; there are %s", first, What.words()));
    List<Condition> conditions = new ArrayList<>();
    String before = "where";
    while (next < pieces.size()) {
      String word = take("'" + before + "'");
      if (!word.equals(before)) {
        throw wrong("'%s' stands where '%s' should", word, before);
      }
      conditions.add(condition());
      before = "and";
    }
    return new Breakpoint(what, List.copyOf(conditions));
  }

  private Condition condition() {
    int start = next;
    String field = take("a field");
    String operator = take("an operator");
    String value = take("a value");
    Predicate<Place> holds =
        field.equals(TOKEN) ? token(operator, value) : number(field, operator, value);
    return new Condition(String.join(" ", pieces.subList(start, next)), holds);
  }

  /** By its text in quotes, or # and its id. */
  private Predicate<Place> token(String operator, String value) {
    boolean same =
        switch (operator) {
          case "=" -> true;
          case "!=" -> false;
          default -> throw wrong("a token is compared by = or != and not by '%s'", operator);
        };
    Predicate<Place> is;
    if (value.startsWith("#") && value.length() > 1) {
      int id = id(value);
      is = place -> place.moment().token(place.position()) == id;
    } else if (value.startsWith("\"") && value.length() > 1) {
      String wanted = value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1").strip();
      is = place -> text(place).strip().equals(wanted);
    } else {
      throw wrong("'%s' is no token; write its text in quotes, or # and its id", value);
    }
    return place -> is.test(place) == same;
  }

  private int id(String value) {
    try {
      return Integer.parseInt(value.substring(1));
    } catch (NumberFormatException e) {
      throw wrong("'%s' is greater than any token's id", value);
    }
  }

  private static String text(Place place) {
    return place.moment().trace().header().tokens().text(place.moment().token(place.position()));
  }

  private Predicate<Place> number(String name, String operator, String value) {
    Field field =
        Arrays.stream(Field.values())
            .filter(known -> known.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> wrong("'%s' is no field; there are %s", name, fields()));
    double bound = bound(value);
    ToDoubleFunction<Place> of = field.value;
    return switch (operator) {
      case "<" -> place -> of.applyAsDouble(place) < bound;
      case "<=" -> place -> of.applyAsDouble(place) <= bound;
      case ">" -> place -> of.applyAsDouble(place) > bound;
      case ">=" -> place -> of.applyAsDouble(place) >= bound;
      case "=" -> place -> of.applyAsDouble(place) == bound;
      case "!=" -> place -> of.applyAsDouble(place) != bound;
      default -> throw wrong("'%s' is none of < <= > >= = !=", operator);
    };
  }

  private double bound(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw wrong("'%s' is no number", value);
    }
  }

  private static String fields() {
    return Arrays.stream(Field.values())
            .map(field -> field.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "))
        + " and "
        + TOKEN;
  }

  private String take(String wanted) {
    if (next == pieces.size()) {
      throw wrong("it ends where %s should stand", wanted);
    }
    return pieces.get(next++);
  }

  private InputException wrong(String what, Object... values) {
    return new InputException(
        "The breakpoint \"%s\" cannot be understood: %s; write it as in: commit where confidence < 0.3 and position > 20."
            .formatted(text, what.formatted(values)));
  }
}
