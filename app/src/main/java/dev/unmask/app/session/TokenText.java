package dev.unmask.app.session;

import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.TraceHeader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a token is typed: its text, or # and its id, behind which its text may stand. */
public final class TokenText {
  private static final Pattern ID = Pattern.compile("#(\\d{1,9})( .*)?", Pattern.DOTALL);

  private TokenText() {}

  /**
   * The token that was typed.
   *
   * @throws InputException if it is none
   */
  public static int read(String typed, TraceHeader header) {
    Matcher id = ID.matcher(typed);
    int token =
        id.matches() ? Integer.parseInt(id.group(1)) : header.tokens().vocabulary().indexOf(typed);
    if (typed.isEmpty() || token < 0 || token >= header.tokens().vocabulary().size()) {
      throw new InputException(
          "'%s' is not one token of the model %s; try it with a space before it, or write # and an id."
              .formatted(typed, header.model().name()));
    }
    return token;
  }

  /** As {@link #read} reads it, with the text to see. */
  public static String write(int token, TraceHeader header) {
    return "#%d %s".formatted(token, header.tokens().text(token));
  }
}
