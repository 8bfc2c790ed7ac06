package dev.unmask.app.picture;

import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Locale;

/** What is always visible: where the playhead is, in figures. */
public record Status(List<Figure> figures) {
  private static final String UNKNOWN = "–";

  /**
   * A number with its name.
   *
   * @param of what it is a part of, with its sign; empty if nothing
   */
  public record Figure(String name, String value, String of) {}

  /** Step k of K, t, block b of B, NFE and seed. */
  public static Status of(Frame frame) {
    TokenState state = frame.state();
    BlockPosition block = frame.block();
    return new Status(
        List.of(
            new Figure("step", Integer.toString(frame.step()), steps(frame)),
            new Figure("t", time(state), ""),
            new Figure("block", Integer.toString(block.index() + 1), " of " + block.count()),
            new Figure("NFE", evaluations(frame.history().moment(frame.step()).state()), ""),
            new Figure("seed", seed(frame.trace().header()), "")));
  }

  /** What was asked for, and apart from it what only fills the masks that are left then. */
  private static String steps(Frame frame) {
    int finishing = frame.history().plan().finishing(frame.history().moment(0).state());
    int asked = frame.plannedSteps() - finishing;
    return " of " + asked + (finishing == 0 ? "" : " + " + finishing);
  }

  /** A dash where the trace does not tell. */
  public static String evaluations(TokenState state) {
    return state.evaluations() < 0 ? UNKNOWN : Integer.toString(state.evaluations());
  }

  /** A dash where nothing was drawn, or it is not told how. */
  public static String seed(TraceHeader header) {
    return header.random().equals("none") ? UNKNOWN : Long.toString(header.seed());
  }

  private static String time(TokenState state) {
    return Double.isNaN(state.time()) ? UNKNOWN : String.format(Locale.ROOT, "%.3f", state.time());
  }
}
