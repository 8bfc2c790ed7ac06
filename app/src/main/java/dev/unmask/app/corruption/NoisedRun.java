package dev.unmask.app.corruption;

import dev.unmask.app.picture.Frame;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The last text of a run under noise of its kind at the t of a step.
 *
 * @param kind masks, or any tokens
 * @param time t
 * @param alpha from t = 0 to 1
 */
public record NoisedRun(NoiseKind kind, double time, List<NoisedWord> words, double[] alpha) {
  /**
   * The t of the step, or where a run of this program records none the share of masks, which its
   * sampler takes for it; empty where another program's run tells none.
   */
  public static Optional<Double> time(Frame frame) {
    TraceHeader header = frame.trace().header();
    TokenState state = frame.state();
    if (!Double.isNaN(state.time())) {
      return Optional.of(Math.clamp(state.time(), 0, 1));
    }
    if (header.foreign()) {
      return Optional.empty();
    }
    long masks =
        Arrays.stream(state.tokens()).filter(token -> token == header.tokens().maskId()).count();
    return Optional.of(masks / (double) Math.max(1, state.length()));
  }
}
