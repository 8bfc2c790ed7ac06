package dev.unmask.engine.checkpoint.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads expressions (https://jinja.palletsprojects.com/en/stable/templates/#expressions) by
 * recursive descent: each method reads what binds at least as strongly as its operators.
 */
final class ExpressionParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(" + Piece.QUOTED + "|\\d+|\\w+|==|!=|<=|>=|[-+~<>=().,|\\[\\]])\\s*",
          Pattern.DOTALL);

  private static final Map<String, BiPredicate<Object, Object>> COMPARISONS =
      Map.of(
          "==", Objects::equals,
          "!=", (a, b) -> !Objects.equals(a, b),
          "<", (a, b) -> TemplateValues.number(a) < TemplateValues.number(b),
          ">", (a, b) -> TemplateValues.number(a) > TemplateValues.number(b),
          "<=", (a, b) -> TemplateValues.number(a) <= TemplateValues.number(b),
          ">=", (a, b) -> TemplateValues.number(a) >= TemplateValues.number(b),
          "in", (a, b) -> TemplateValues.contains(b, a));

  /** Names, numbers, texts and signs of an expression: each may be a step of a chain. */
  private static final int MOST_TOKENS = 1000;

  /** Expressions within expressions; {@link #MOST_TOKENS} of them would not fit on the stack. */
  private static final int DEEPEST = 100;

  private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "is", "if", "else");

  private final List<String> tokens = new ArrayList<>();
  private int next;
  private int depth;

  ExpressionParser(String code) {
    Matcher token = TOKEN.matcher(code);
    int at = 0;
    while (token.region(at, code.length()).lookingAt()) {
      tokens.add(token.group(1));
      at = token.end();
    }
    if (at < code.length()) {
      throw unknown(code);
    }
    if (tokens.size() > MOST_TOKENS) {
      throw new TemplateException(
          "has an expression of more than %,d words".formatted(MOST_TOKENS));
    }
  }

  /** All that there is. */
  static Expression parse(String code) {
    ExpressionParser parser = new ExpressionParser(code);
    Expression expression = parser.expression();
    if (parser.next < parser.tokens.size()) {
      throw unknown(code);
    }
    return expression;
  }

  private static TemplateException unknown(String code) {
    return new TemplateException("has \"" + TemplateException.cut(code) + "\"");
  }

  private Expression expression() {
    return deeper(
        () -> {
          Expression value = or();
          if (!take("if")) {
            return value;
          }
          Expression condition = or();
          Expression other = take("else") ? expression() : _ -> TemplateValues.UNDEFINED;
          return scope ->
              (TemplateValues.isTrue(condition.value(scope)) ? value : other).value(scope);
        });
  }

  /** What stands within something else. */
  private Expression deeper(Supplier<Expression> inner) {
    if (++depth > DEEPEST) {
      throw new TemplateException("has expressions within expressions, more than " + DEEPEST);
    }
    Expression value = inner.get();
    depth--;
    return value;
  }

  private Expression or() {
    Expression left = and();
    while (take("or")) {
      Expression first = left;
      Expression second = and();
      left =
          scope -> {
            Object value = first.value(scope);
            return TemplateValues.isTrue(value) ? value : second.value(scope);
          };
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (take("and")) {
      Expression first = left;
      Expression second = not();
      left =
          scope -> {
            Object value = first.value(scope);
            return TemplateValues.isTrue(value) ? second.value(scope) : value;
          };
    }
    return left;
  }

  private Expression not() {
    if (take("not")) {
      Expression value = deeper(this::not);
      return scope -> !TemplateValues.isTrue(value.value(scope));
    }
    return comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    while (true) {
      Expression first = left;
      boolean negated = peek("not") && next + 1 < tokens.size() && take("not");
      if (next < tokens.size() && COMPARISONS.containsKey(tokens.get(next))) {
        boolean searches = peek("in");
        BiPredicate<Object, Object> compare = COMPARISONS.get(tokens.get(next++));
        Expression second = sum();
        left =
            scope -> {
              Object a = first.value(scope);
              Object b = second.value(scope);
              scope.work(TemplateValues.size(a) * (searches ? (long) TemplateValues.size(b) : 1));
              return compare.test(a, b) != negated;
            };
      } else if (take("is")) {
        boolean not = take("not");
        String test = name();
        left = scope -> TemplateValues.passes(test, first.value(scope)) != not;
      } else {
        return left;
      }
    }
  }

  private Expression sum() {
    Expression left = filtered();
    while (peek("+") || peek("-") || peek("~")) {
      String operator = tokens.get(next++);
      Expression first = left;
      Expression second = filtered();
      left =
          switch (operator) {
            case "+" -> scope -> TemplateValues.add(scope, first.value(scope), second.value(scope));
            case "-" ->
                scope ->
                    TemplateValues.exact(
                        () ->
                            Math.subtractExact(
                                TemplateValues.number(first.value(scope)),
                                TemplateValues.number(second.value(scope))));
            default ->
                scope ->
                    TemplateValues.join(
                        scope,
                        TemplateValues.text(first.value(scope)),
                        TemplateValues.text(second.value(scope)));
          };
    }
    return left;
  }

  private Expression filtered() {
    Expression value = part();
    while (take("|")) {
      Expression input = value;
      String filter = name();
      value = scope -> TemplateValues.filter(scope, filter, input.value(scope));
    }
    return value;
  }

  /** Fields, elements and methods of what stands before them. */
  private Expression part() {
    Expression value = atom();
    while (peek(".") || peek("[")) {
      Expression whole = value;
      if (take(".")) {
        String name = name();
        if (take("(")) {
          expect(")");
          value = scope -> TemplateValues.filter(scope, name, whole.value(scope));
        } else {
          value = scope -> TemplateValues.part(whole.value(scope), name);
        }
      } else {
        expect("[");
        Expression key = expression();
        expect("]");
        value = scope -> TemplateValues.part(whole.value(scope), key.value(scope));
      }
    }
    return value;
  }

  private Expression atom() {
    if (take("(")) {
      Expression inner = expression();
      expect(")");
      return inner;
    }
    if (take("-")) {
      Expression number = deeper(this::atom);
      return scope ->
          TemplateValues.exact(() -> Math.negateExact(TemplateValues.number(number.value(scope))));
    }
    if (next >= tokens.size()) {
      throw new TemplateException("ends within an expression");
    }
    String token = tokens.get(next);
    if (token.startsWith("'") || token.startsWith("\"")) {
      next++;
      String text = Escapes.translate(token.substring(1, token.length() - 1));
      return _ -> text;
    }
    if (Character.isDigit(token.charAt(0))) {
      next++;
      long number = number(token);
      return _ -> number;
    }
    return named(name());
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new TemplateException(
          "has the number %s, which is too great".formatted(TemplateException.cut(digits)));
    }
  }

  private Expression named(String name) {
    if (name.equals("raise_exception") && take("(")) {
      Expression message = expression();
      expect(")");
      return scope -> {
        throw new TemplateException(
            "says: " + TemplateException.cut(TemplateValues.text(message.value(scope))));
      };
    }
    return switch (name) {
      case "true", "True" -> _ -> true;
      case "false", "False" -> _ -> false;
      case "none", "None" -> _ -> null;
      default -> scope -> scope.get(name);
    };
  }

  private String name() {
    if (next >= tokens.size()
        || !tokens.get(next).matches("[A-Za-z_]\\w*")
        || WORDS.contains(tokens.get(next))) {
      throw new TemplateException("lacks a name in \"" + code() + "\"");
    }
    return tokens.get(next++);
  }

  private boolean peek(String token) {
    return next < tokens.size() && tokens.get(next).equals(token);
  }

  private boolean take(String token) {
    boolean isNext = peek(token);
    next += isNext ? 1 : 0;
    return isNext;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new TemplateException("lacks \"%s\" in \"%s\"".formatted(token, code()));
    }
  }

  private String code() {
    return TemplateException.cut(String.join(" ", tokens));
  }

  /** What stands for a value. */
  @FunctionalInterface
  interface Expression {
    /** Its value where these variables are known. */
    Object value(Scope scope);
  }
}
