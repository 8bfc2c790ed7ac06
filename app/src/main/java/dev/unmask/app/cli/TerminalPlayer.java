package dev.unmask.app.cli;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Plan;
import dev.unmask.app.picture.Status;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.trace.TokenRecord;
import java.io.Console;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Shows a run as it goes on: on a terminal in place and coloured, elsewhere a line a step.
 *
 * @param out where to
 * @param terminal whether that is a terminal
 */
record TerminalPlayer(Terminal out, boolean terminal) {
  /** A screen of its own, so that what the terminal showed before comes back. */
  private static final String OTHER_SCREEN = "\u001b[?1049h";

  private static final String OWN_SCREEN = "\u001b[?1049l";
  private static final String CLEAR = "\u001b[H\u001b[2J";

  static TerminalPlayer on(PrintWriter out) {
    Console console = System.console();
    return new TerminalPlayer(Terminal.of(out), console != null && console.isTerminal());
  }

  /** Takes all steps that are left and shows each, once it was handed on. */
  void play(TokenRun run, Consumer<TokenRecord> recorder) {
    if (terminal) {
      show(OTHER_SCREEN);
    }
    var history = new History(run.trace(), Plan.of(run.replay()));
    try {
      showState(run, history);
      run.finish(
          step -> {
            recorder.accept(step);
            showState(run, history);
          });
    } finally {
      if (terminal) {
        show(OWN_SCREEN + picture(run) + "\n" + status(history) + "\n");
      }
    }
  }

  private void showState(TokenRun run, History history) {
    history.grow();
    show((terminal ? CLEAR : "") + status(history) + "\n" + picture(run) + "\n");
  }

  private void show(String text) {
    out.control(text);
    out.flush();
  }

  private String picture(TokenRun run) {
    var picture = new TerminalPicture(run.trace().header(), terminal);
    return picture.of(run.trace(), run.trace().steps());
  }

  private static String status(History history) {
    return Status.of(Frame.of(history, history.steps())).figures().stream()
        .map(figure -> figure.name() + " " + figure.value() + figure.of())
        .collect(Collectors.joining(" · "));
  }
}
