package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.TorchRandom;
import dev.unmask.engine.run.ImageLoop;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A loop of diffusers' own tests: a batch of four images of evenly rising values is denoised by a
 * network that says x t / (t + 1).
 *
 * @param name of the scheduler
 * @param size values of an image
 */
record SchedulerLoop(String name, Scheduler scheduler, int size) {
  private static final int IMAGES = 4;

  private static final int[] NO_LABELS = new int[IMAGES];

  /** Whose tests start from the noise's scale. */
  private static final Set<String> SCALED =
      Set.of(
          "EulerDiscreteScheduler",
          "EulerAncestralDiscreteScheduler",
          "HeunDiscreteScheduler",
          "LMSDiscreteScheduler",
          "EDMEulerScheduler",
          "CMStochasticIterativeScheduler");

  /** Whose tests go on from what the model sees, not from x. */
  private static final Set<String> REPLACED =
      Set.of(
          "EulerDiscreteScheduler",
          "EulerAncestralDiscreteScheduler",
          "HeunDiscreteScheduler",
          "LMSDiscreteScheduler");

  /** How far a sum of absolute values may be off, as in the original tests. */
  private static final double SUM = 1e-2;

  /** How far a mean or a single value may be off. */
  private static final double MEAN = 1e-3;

  /** How far, relatively, what is too large for that may be off: the rounding of float32. */
  private static final double ROUNDING = 1e-6;

  /**
   * Takes so many steps, the last of the sampler's.
   *
   * @param recorded a sum and the first values after each, or after some of them by their time
   * @param expected pairs of sum or mean and its value at the end, for where not all were recorded
   */
  Optional<String> difference(int steps, JsonNode recorded, JsonNode expected) {
    RandomSource random = new TorchRandom(0);
    ImageState state = start(scheduler.sampler().steps() - steps);
    int next = 0;
    for (int step = 0; step < steps; step++) {
      float time = scheduler.times()[state.step()];
      float[] seen = scheduler.network().seen(state.x(), state.step());
      ImageState from =
          REPLACED.contains(name)
              ? new ImageState(state.step(), seen, IMAGES, state.history())
              : state;
      var asked = new Asked(scheduler, state.step(), output(seen, time));
      state = new ImageLoop(asked, scheduler.sampler(), NO_LABELS, 0).step(from, random).next();
      JsonNode at = recorded.path(next);
      if (recorded.size() == steps || isAt(at, time)) {
        Optional<String> found = difference(step + 1, at, state.x());
        if (found.isPresent()) {
          return found;
        }
        next++;
      }
    }
    if (next < recorded.size()) {
      return Optional.of("step %d was recorded at a time that did not come".formatted(next + 1));
    }
    return recorded.size() == steps ? Optional.empty() : difference(state.x(), expected);
  }

  private static boolean isAt(JsonNode recorded, float time) {
    return recorded.path("t").isNumber() && (float) recorded.path("t").asDouble() == time;
  }

  /** What the network said at a step, as a denoiser. */
  private record Asked(Scheduler scheduler, int step, float[] said) implements ImageDenoiser {
    @Override
    public ImageShape shape() {
      return new ImageShape(1, 1, said.length / IMAGES);
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public boolean undoes(Corruption corruption) {
      return true;
    }

    @Override
    public float[] clean(float[] x, Corruption corruption, int[] labels) {
      return scheduler.clipping().apply(scheduler.network().clean(x, said, step), IMAGES);
    }

    @Override
    public void close() {}
  }

  private ImageState start(int step) {
    ImageSampler sampler = scheduler.sampler();
    float scale = SCALED.contains(name) ? sampler.initialScale() : 1;
    float[] rising = new float[IMAGES * size];
    float[] falling = new float[IMAGES * size];
    for (int i = 0; i < rising.length; i++) {
      int place = i % size * IMAGES + i / size;
      rising[i] = (float) place / rising.length * scale;
      falling[i] = (float) (rising.length - 1 - place) / rising.length;
    }
    float[] x = step == 0 ? rising : sampler.noised(rising, falling, step);
    return ImageState.start(step, x, IMAGES);
  }

  private static float[] output(float[] x, float time) {
    float[] output = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      output[i] = x[i] * time / (time + 1);
    }
    return output;
  }

  private static Optional<String> difference(int step, JsonNode recorded, float[] x) {
    double sum = sum(x);
    if (isOff(recorded.path("sum_abs").asDouble(Double.NaN), sum, SUM)) {
      return Optional.of(
          "step %d: the sum %s was recorded and %s came"
              .formatted(step, recorded.path("sum_abs"), sum));
    }
    for (int i = 0; i < recorded.path("p0").size(); i++) {
      if (isOff(recorded.path("p0").path(i).asDouble(), x[i], MEAN)) {
        return Optional.of(
            "step %d, value %d: %s was recorded and %s came"
                .formatted(step, i, recorded.path("p0").path(i), x[i]));
      }
    }
    return Optional.empty();
  }

  private static boolean isOff(double recorded, double came, double tolerance) {
    return !(Math.abs(recorded - came) <= Math.max(tolerance, ROUNDING * Math.abs(recorded)));
  }

  private static Optional<String> difference(float[] x, JsonNode expected) {
    double sum = sum(x);
    return difference("sum", sum, SUM, expected)
        .or(() -> difference("mean", sum / x.length, MEAN, expected));
  }

  private static Optional<String> difference(
      String kind, double came, double tolerance, JsonNode expected) {
    double[] variants =
        StreamSupport.stream(expected.spliterator(), false)
            .filter(pair -> pair.path(0).asText().equals(kind))
            .mapToDouble(pair -> pair.path(1).asDouble(Double.NaN))
            .toArray();
    for (double variant : variants) {
      if (Math.abs(variant - came) <= Math.max(tolerance, 1e-5 * Math.abs(variant))) {
        return Optional.empty();
      }
    }
    return variants.length == 0
        ? Optional.empty()
        : Optional.of("the %s %s was expected and %s came".formatted(kind, variants[0], came));
  }

  private static double sum(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
