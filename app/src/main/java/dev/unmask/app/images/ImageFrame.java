package dev.unmask.app.images;

import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where in a run of images is looked.
 *
 * @param trace may grow; only what was recorded is looked at
 * @param recorded S, the steps that there are
 * @param step the state that is shown, from 0 to S
 * @param image the one that is looked at closely, from 0
 */
public record ImageFrame(Trace<BatchState, ImageRecord> trace, int recorded, int step, int image) {
  /** The same at another step. */
  public ImageFrame at(int other) {
    return new ImageFrame(trace, recorded, other, image);
  }

  /** N, C, H and W. */
  public BatchShape shape() {
    return trace.header().images().shape();
  }

  /** t, NaN if unknown. */
  public double time() {
    return trace.state(step).time();
  }

  /** All of the images, in units in which a clean one goes from −1 to 1. */
  float[] shown() {
    return shown(step);
  }

  private float[] shown(int index) {
    BatchState state = trace.state(index);
    float[] x = state.x();
    double size = StrictMath.hypot(state.alpha(), state.sigma());
    if (Double.isNaN(size) || size == 1) {
      return x;
    }
    float[] scaled = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      scaled[i] = (float) (x[i] / size);
    }
    return scaled;
  }

  /** The image that is looked at closely as the run left it, as far as it is. */
  public float[] end() {
    int size = shape().image();
    return Arrays.copyOfRange(shown(recorded), image * size, (image + 1) * size);
  }

  /** x̂0 of what is shown; at the end that of the last step. */
  Optional<float[]> predicted() {
    return recorded == 0 ? Optional.empty() : trace.step(asked()).predicted();
  }

  /** The noise that was predicted in what is shown. */
  Optional<float[]> noise() {
    return recorded == 0 ? Optional.empty() : trace.step(asked()).noise();
  }

  private int asked() {
    return Math.min(step, recorded - 1);
  }

  /** What the last step added, less what it took away; empty at the start. */
  Optional<float[]> change() {
    if (step == 0) {
      return Optional.empty();
    }
    float[] before = shown(step - 1);
    float[] after = shown();
    float[] change = new float[after.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = after[i] - before[i];
    }
    return Optional.of(change);
  }

  /** ᾱ / (1 − ᾱ) in any units: α² / σ²; NaN if unknown. */
  public double signalToNoise() {
    BatchState state = trace.state(step);
    double ratio = state.alpha() / state.sigma();
    return ratio * ratio;
  }
}
