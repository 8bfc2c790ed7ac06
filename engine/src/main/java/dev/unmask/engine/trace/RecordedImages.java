package dev.unmask.engine.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image trace in memory, which grows as its run goes on. */
public final class RecordedImages implements ImageTrace {
  private final ImageHeader header;
  private final Batch first;
  private final List<Step> steps = new ArrayList<>();

  /**
   * A batch at a time.
   *
   * @param x image after image, channel after channel, line after line: [N × C × H × W], from −1
   *     (black) to 1 (white) where clean
   * @param time t in [0, 1], 0 where it is clean; NaN where nothing tells it
   * @param alpha of x = α x_0 + σ ε; NaN where the noise is not Gaussian
   * @param sigma likewise
   */
  public record Batch(float[] x, double time, double alpha, double sigma) {}

  /**
   * What a step did.
   *
   * @param predicted x̂0, shaped as x
   * @param noise that was predicted, shaped as x
   * @param evaluations NFE after it
   */
  public record Step(
      Optional<float[]> predicted, Optional<float[]> noise, Batch next, int evaluations) {}

  /** With no step yet. */
  public RecordedImages(ImageHeader header, Batch first) {
    this.header = header;
    this.first = first;
  }

  /** Adds the next step. */
  public synchronized void append(Step step) {
    steps.add(step);
  }

  @Override
  public ImageHeader header() {
    return header;
  }

  @Override
  public synchronized int steps() {
    return steps.size();
  }

  @Override
  public float[] x(int index) {
    return batch(index).x();
  }

  @Override
  public double time(int index) {
    return batch(index).time();
  }

  @Override
  public double alpha(int index) {
    return batch(index).alpha();
  }

  @Override
  public double sigma(int index) {
    return batch(index).sigma();
  }

  private synchronized Batch batch(int index) {
    return index == 0 ? first : steps.get(index - 1).next();
  }

  @Override
  public synchronized Optional<float[]> predicted(int step) {
    return steps.get(step).predicted();
  }

  @Override
  public synchronized Optional<float[]> noise(int step) {
    return steps.get(step).noise();
  }

  @Override
  public synchronized int evaluations(int step) {
    return steps.get(step).evaluations();
  }
}
