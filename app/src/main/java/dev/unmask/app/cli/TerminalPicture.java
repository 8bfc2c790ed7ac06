package dev.unmask.app.cli;

import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;

/** A state of a trace as text: coloured by what happened to each token, or plain. */
record TerminalPicture(TraceHeader header, boolean coloured) {
  private static final String RESET = "\u001b[0m";
  private static final String GIVEN = "\u001b[4m";
  private static final String MASKED = "\u001b[90m";
  private static final String COMMITTED_NOW = "\u001b[1;38;2;230;159;0m";
  private static final String COMMITTED = "\u001b[38;2;86;180;233m";
  private static final String EDITED = "\u001b[38;2;204;121;167m";
  private static final String REMASKED = "\u001b[38;2;213;94;0m";

  /** State {@code index} of the trace, from 0 to its number of steps. */
  String of(Trace<TokenState, TokenRecord> trace, int index) {
    TokenState now = trace.state(index);
    TokenState before = trace.state(Math.max(0, index - 1));
    StringBuilder picture = new StringBuilder();
    for (int position = 0; position < now.length(); position++) {
      int token = now.tokens()[position];
      if (token < 0) {
        continue;
      }
      String text =
          token == header.tokens().maskId()
              ? "░"
              : Terminal.text(header.tokens().vocabulary().get(token));
      picture.append(
          coloured
              ? colour(before.tokens()[position], token, now.marks()[position]) + text + RESET
              : text);
    }
    return picture.toString();
  }

  private String colour(int before, int token, byte marks) {
    if (Mark.given(marks)) {
      return GIVEN;
    }
    if (token == header.tokens().maskId()) {
      return before == token || before < 0 ? MASKED : REMASKED;
    }
    if (before == token) {
      return COMMITTED;
    }
    return before == header.tokens().maskId() || before < 0 ? COMMITTED_NOW : EDITED;
  }
}
