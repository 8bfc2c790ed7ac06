package dev.unmask.app.corruption;

import dev.unmask.app.picture.Frame;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.List;

/**
 * The last text of a run under noise of its kind at the t of a step.
 *
 * @param kind masks, or any tokens
 * @param time t
 * @param alpha from t = 0 to 1
 */
public record NoisedRun(NoiseKind kind, double time, List<NoisedWord> words, double[] alpha) {
  /** The t of the step, or where no t is recorded the share of masks. */
  public static double time(Frame frame) {
    int maskId = frame.trace().header().maskId();
    TokenState state = frame.state();
    double masked =
        Arrays.stream(state.tokens()).filter(token -> token == maskId).count()
            / (double) Math.max(1, state.length());
    return Math.clamp(Double.isNaN(state.time()) ? masked : state.time(), 0, 1);
  }
}
