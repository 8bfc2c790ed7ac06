package dev.unmask.engine.training;

import java.time.Duration;

/**
 * How far a training run is.
 *
 * @param step steps done
 * @param tokensPerSecond since this run started
 * @param loss the objective in nats a token, averaged over about the last hundred steps
 * @param left the time until it ends, if it goes on as fast
 */
public record Progress(int step, int steps, double tokensPerSecond, double loss, Duration left) {
  /** For a terminal. */
  public String line() {
    return "step %d of %d · %.0f tokens/s · loss %.3f · %d:%02d:%02d left"
        .formatted(
            step,
            steps,
            tokensPerSecond,
            loss,
            left.toHours(),
            left.toMinutesPart(),
            left.toSecondsPart());
  }
}
