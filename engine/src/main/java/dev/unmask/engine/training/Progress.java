package dev.unmask.engine.training;

import java.time.Duration;

/**
 * How far a training run is.
 *
 * @param step steps done
 * @param speed since this run started, in units a second
 * @param unit what the data is counted in
 * @param loss the objective, averaged over about the last hundred steps
 * @param left the time until it ends, if it goes on as fast
 */
public record Progress(int step, int steps, double speed, String unit, double loss, Duration left) {
  /** For a terminal. */
  public String line() {
    return "step %d of %d · %.0f %s/s · loss %.3f · %d:%02d:%02d left"
        .formatted(
            step,
            steps,
            speed,
            unit,
            loss,
            left.toHours(),
            left.toMinutesPart(),
            left.toSecondsPart());
  }
}
