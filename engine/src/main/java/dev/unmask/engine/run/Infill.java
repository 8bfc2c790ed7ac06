package dev.unmask.engine.run;

import dev.unmask.engine.FieldException;
import dev.unmask.engine.trace.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with gaps to be filled: {@code {5}} is a gap of five tokens and {@code {}} one of as many
 * as are left; without the latter the rest follows at the end. A backslash before such a brace
 * makes it text: {@code \{5}}.
 *
 * @param pieces in their order
 */
public record Infill(List<Piece> pieces) {
  private static final Pattern GAP = Pattern.compile("\\\\(\\{\\d*})|\\{(\\d{0,6})}");

  /** A piece of the sequence. */
  public sealed interface Piece {}

  /** Given. */
  public record Text(String text) implements Piece {}

  /** Masks, so many tokens. */
  public record Gap(int tokens) implements Piece {}

  /** Masks, as many as are left. */
  public record Rest() implements Piece {}

  /** Reads the notation. */
  public static Infill of(String notation) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Matcher gap = GAP.matcher(notation);
    int end = 0;
    while (gap.find()) {
      text.append(notation, end, gap.start());
      end = gap.end();
      if (gap.group(1) != null) {
        text.append(gap.group(1));
        continue;
      }
      add(pieces, text);
      pieces.add(gap.group(2).isEmpty() ? new Rest() : new Gap(Integer.parseInt(gap.group(2))));
    }
    add(pieces, text.append(notation.substring(end)));
    long rests = pieces.stream().filter(Rest.class::isInstance).count();
    if (rests > 1) {
      throw new FieldException(
          "prompt",
          "The prompt has %d gaps {} of no length, but only one can take what is left; give the others a length, as in {5}."
              .formatted(rests));
    }
    return new Infill(List.copyOf(pieces));
  }

  private static void add(List<Piece> pieces, StringBuilder text) {
    if (!text.isEmpty()) {
      pieces.add(new Text(text.toString()));
      text.setLength(0);
    }
  }

  /** The notation of a text that is to be taken as it is. */
  public static String quote(String text) {
    return GAP.matcher(text).replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()));
  }

  /** The notation; {@link #of} reads it again. */
  public String notation() {
    return pieces.stream()
        .map(
            piece ->
                switch (piece) {
                  case Text(String text) -> quote(text);
                  case Gap(int tokens) -> "{" + tokens + "}";
                  case Rest() -> "{}";
                })
        .collect(Collectors.joining());
  }

  /**
   * The start of a run. What is given before the first gap is its prompt, what is given later is
   * pinned.
   *
   * @param encode gives a text's tokens
   * @param length of the sequence
   */
  Start.Tokens start(Function<String, int[]> encode, int length, int maskId) {
    if (length < 1) {
      throw new FieldException("length", "The length is %d; give at least 1.".formatted(length));
    }
    List<int[]> parts =
        pieces.stream()
            .map(
                piece ->
                    switch (piece) {
                      case Text(String text) -> encode.apply(text);
                      case Gap(int masks) -> masks(masks, maskId);
                      case Rest() -> new int[0];
                    })
            .toList();
    int room = length - parts.stream().mapToInt(part -> part.length).sum();
    int[] tokens = masks(length, maskId);
    byte[] marks = new byte[length];
    int at = 0;
    for (int i = 0; i < parts.size() && room >= 0; i++) {
      int[] part = parts.get(i);
      System.arraycopy(part, 0, tokens, at, part.length);
      if (pieces.get(i) instanceof Text) {
        Arrays.fill(marks, at, at + part.length, i == 0 ? Mark.PROMPT : Mark.PINNED);
      }
      at += pieces.get(i) instanceof Rest ? room : part.length;
    }
    check(length, room, tokens, maskId);
    return new Start.Tokens(tokens, marks);
  }

  private void check(int length, int room, int[] tokens, int maskId) {
    boolean gaps = pieces.stream().anyMatch(piece -> !(piece instanceof Text));
    if (gaps && room < 0) {
      throw new FieldException(
          "prompt",
          "The prompt and its gaps take %d tokens, which does not fit into a length of %d; shorten it or raise the length."
              .formatted(length - room, length));
    }
    if (room < 0 || Arrays.stream(tokens).noneMatch(token -> token == maskId)) {
      throw new FieldException(
          "prompt",
          "The prompt has %d tokens, which leaves nothing to fill of a length of %d; shorten it or raise the length."
              .formatted(length - room, length));
    }
  }

  private static int[] masks(int count, int maskId) {
    int[] masks = new int[count];
    Arrays.fill(masks, maskId);
    return masks;
  }
}
