package dev.unmask.app.picture;

import dev.unmask.engine.sampler.BlockPosition;
import dev.unmask.engine.trace.TokenState;
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
            new Figure("step", Integer.toString(frame.step()), " of " + frame.plannedSteps()),
            new Figure("t", time(state), ""),
            new Figure("block", Integer.toString(block.index() + 1), " of " + block.count()),
            new Figure("NFE", evaluations(frame.history().moment(frame.step()).state()), ""),
            new Figure("seed", Long.toString(frame.trace().header().seed()), "")));
  }

  /** A dash where the trace does not tell. */
  public static String evaluations(TokenState state) {
    return state.evaluations() < 0 ? UNKNOWN : Integer.toString(state.evaluations());
  }

  private static String time(TokenState state) {
    return Double.isNaN(state.time()) ? UNKNOWN : String.format(Locale.ROOT, "%.3f", state.time());
  }
}
