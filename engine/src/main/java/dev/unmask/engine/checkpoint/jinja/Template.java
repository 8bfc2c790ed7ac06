package dev.unmask.engine.checkpoint.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places to be filled in (https://jinja.palletsprojects.com): outputs, comments, and
 * the statements set, if and for.
 */
public final class Template {
  private static final Pattern SET = Pattern.compile("set\\s+(\\w+)\\s*=(.*)", Pattern.DOTALL);
  private static final Pattern FOR = Pattern.compile("for\\s+(\\w+)\\s+in\\s+(.*)", Pattern.DOTALL);
  private static final Pattern IF = Pattern.compile("(?:el)?if\\b(.*)", Pattern.DOTALL);

  /** Statements within statements: an elif is within its if. */
  private static final int DEEPEST = 100;

  private final Node root;

  /** A part of it. */
  @FunctionalInterface
  private interface Node {
    void print(Scope scope, StringBuilder out);
  }

  /** Nodes up to the statement that ends them; empty at the template's end. */
  private record Body(Node node, String end) {}

  /**
   * Reads one.
   *
   * @throws TemplateException if it has what this program does not know
   */
  public Template(String text) {
    Body body = body(Piece.of(text).iterator(), 0);
    if (!body.end().isEmpty()) {
      throw new TemplateException(
          "has \"" + TemplateException.cut(body.end()) + "\" without a beginning");
    }
    root = body.node();
  }

  /**
   * The text, filled in.
   *
   * @param variables strings, booleans, and lists and maps of these
   * @throws TemplateException if the template says so, or takes what is not there
   */
  public String print(Map<String, Object> variables) {
    StringBuilder out = new StringBuilder();
    root.print(Scope.of(variables), out);
    return out.toString();
  }

  private static Body body(Iterator<Piece> pieces, int depth) {
    if (depth > DEEPEST) {
      throw new TemplateException("has statements within statements, more than " + DEEPEST);
    }
    List<Node> nodes = new ArrayList<>();
    while (pieces.hasNext()) {
      switch (pieces.next()) {
        case Piece.Text(String text) -> nodes.add((scope, out) -> print(text, scope, out));
        case Piece.Output(String code) -> {
          ExpressionParser.Expression value = ExpressionParser.parse(code);
          nodes.add((scope, out) -> print(TemplateValues.text(value.value(scope)), scope, out));
        }
        case Piece.Statement(String code) -> {
          if (code.matches("(?s)(end|else|elif).*")) {
            return new Body(all(nodes), code);
          }
          nodes.add(statement(code, pieces, depth));
        }
      }
    }
    return new Body(all(nodes), "");
  }

  private static void print(String text, Scope scope, StringBuilder out) {
    scope.work(text.length());
    if (out.length() + text.length() > TemplateValues.LONGEST_TEXT) {
      throw new TemplateException(
          "prints more than %,d characters".formatted(TemplateValues.LONGEST_TEXT));
    }
    out.append(text);
  }

  private static Node all(List<Node> nodes) {
    return (scope, out) -> nodes.forEach(node -> node.print(scope, out));
  }

  private static Node statement(String code, Iterator<Piece> pieces, int depth) {
    Matcher set = SET.matcher(code);
    Matcher each = FOR.matcher(code);
    if (set.matches()) {
      String name = set.group(1);
      ExpressionParser.Expression value = ExpressionParser.parse(set.group(2));
      return (scope, _) -> {
        scope.work(0);
        scope.variables().put(name, value.value(scope));
      };
    }
    if (each.matches()) {
      return loop(each.group(1), ExpressionParser.parse(each.group(2)), pieces, depth);
    }
    return choice(code, pieces, depth);
  }

  private static Node choice(String code, Iterator<Piece> pieces, int depth) {
    Matcher head = IF.matcher(code);
    if (!head.matches()) {
      throw new TemplateException("has \"" + TemplateException.cut(code) + "\"");
    }
    ExpressionParser.Expression condition = ExpressionParser.parse(head.group(1));
    Body then = body(pieces, depth + 1);
    Node otherwise =
        switch (then.end()) {
          case "endif" -> (_, _) -> {};
          case "else" -> ended(body(pieces, depth + 1), "endif");
          default -> choice(then.end(), pieces, depth + 1);
        };
    return (scope, out) ->
        (TemplateValues.isTrue(condition.value(scope)) ? then.node() : otherwise).print(scope, out);
  }

  private static Node ended(Body body, String end) {
    if (!body.end().equals(end)) {
      throw new TemplateException("lacks \"" + end + "\"");
    }
    return body.node();
  }

  private static Node loop(
      String name, ExpressionParser.Expression items, Iterator<Piece> pieces, int depth) {
    Node body = ended(body(pieces, depth + 1), "endfor");
    return (scope, out) -> {
      if (!(items.value(scope) instanceof List<?> all)) {
        throw new TemplateException("goes through what is no list");
      }
      for (int i = 0; i < all.size(); i++) {
        scope.work(0);
        Scope inner = scope.inner();
        inner.variables().put(name, all.get(i));
        inner.variables().put("loop", place(i, all.size()));
        body.print(inner, out);
      }
    };
  }

  /** What a loop's body knows of its round. */
  private static Map<String, Object> place(int index, int count) {
    Map<String, Object> place = new HashMap<>();
    place.put("index", index + 1L);
    place.put("index0", (long) index);
    place.put("first", index == 0);
    place.put("last", index == count - 1);
    place.put("length", (long) count);
    return place;
  }
}
