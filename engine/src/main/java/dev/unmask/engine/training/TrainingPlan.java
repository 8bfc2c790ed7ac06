package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.LladaArchitecture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that a training run is asked for.
 *
 * @param data a .txt file, or .gz, of documents separated by lines {@code <|endoftext|>}
 * @param tokenizer a tokenizer.json of as many tokens as the shape has
 * @param folder where the checkpoint and the model folder {@code model} are written
 * @param from a model folder of the same shape whose weights to start from
 * @param steps updates of the weights in all; the rate's schedule ends with the last one
 * @param windows windows in a batch, each as long as the shape's context
 * @param peakRate AdamW's highest learning rate; Muon's is twice as high
 * @param warmUp steps until the peak
 * @param seed of the first weights, the windows and the noise
 * @param threads at least 1; the result does not depend on it
 * @param checkpointEvery time between checkpoints; the result does not depend on it
 */
public record TrainingPlan(
    LladaArchitecture shape,
    Path data,
    Path tokenizer,
    Path folder,
    Optional<Path> from,
    int steps,
    int windows,
    double peakRate,
    int warmUp,
    long seed,
    int threads,
    Duration checkpointEvery) {
  /** Tokens in a batch. */
  public int batchTokens() {
    return windows * shape.contextLength();
  }

  /**
   * AdamW's learning rate: up linearly, then down along a cosine.
   *
   * @param step from 0
   */
  double rate(int step) {
    double ramp = Math.min(1, (step + 1.0) / warmUp);
    return peakRate * ramp * (0.5 + 0.5 * Math.cos(Math.PI * step / steps));
  }

  /**
   * What a resumed run must agree in, beside the files. The number of steps may be changed: the
   * schedule then goes on towards its new end.
   */
  String fingerprint() {
    return "%s, windows=%d, peakRate=%s, warmUp=%d, seed=%d"
        .formatted(shape, windows, peakRate, warmUp, seed);
  }
}
