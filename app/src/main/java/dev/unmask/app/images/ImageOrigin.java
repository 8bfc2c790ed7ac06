package dev.unmask.app.images;

import dev.unmask.engine.noise.gaussian.ImageProcess;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The image that a run starts from, if not from pure noise, and how far it is noised first. */
final class ImageOrigin {
  private final ObjectProperty<Optional<Clean>> clean =
      new SimpleObjectProperty<>(Optional.empty());
  private final DoubleProperty time = new SimpleDoubleProperty(0.5);
  private Optional<Seen> seen = Optional.empty();

  /**
   * A clean image.
   *
   * @param values [C × H × W]
   */
  record Clean(String name, BatchShape shape, float[] values) {}

  /** An image and its t, for any thread. */
  record Noised(Clean clean, double time) {
    /**
     * What a run starts from: each image has noise of its own, the first that which is shown.
     *
     * @param size values of an image of the model; an image of another size is no start
     */
    Optional<Start.Given> start(ImagesChoice.Chosen chosen, int size) {
      if (clean.values.length != size) {
        return Optional.empty();
      }
      float[] each = new float[chosen.images() * size];
      for (int image = 0; image < chosen.images(); image++) {
        System.arraycopy(clean.values, 0, each, image * size, size);
      }
      float[] noise = noise(each.length, chosen.seed());
      return Optional.of(new Start.Given(each, noise, time, clean.name));
    }
  }

  /** What a picture of the way to noise and back depends on, and the picture. */
  private record Seen(
      Noised from, ProcessKind process, long seed, Optional<End> end, RoundTrip trip) {
    boolean isOf(Noised other, ProcessKind ofProcess, long ofSeed, Optional<End> ofEnd) {
      return from.equals(other) && process == ofProcess && seed == ofSeed && end.equals(ofEnd);
    }
  }

  /** Where a run that started from the image is by now. */
  private record End(Trace<BatchState, ImageRecord> trace, int recorded, int image) {}

  private static float[] noise(int count, long seed) {
    return Normals.draw(count, Purpose.START, new Philox(seed, 0));
  }

  /** What is chosen now; empty for pure noise. */
  Optional<Noised> noised() {
    return clean.get().map(image -> new Noised(image, time.get()));
  }

  /**
   * What becomes of the image at t, with noise that stays the same for all t.
   *
   * @param shown what was made last; if it started from this image, its end is compared
   */
  Optional<RoundTrip> trip(ImagesChoice.Chosen chosen, Optional<ImageFrame> shown) {
    return noised()
        .map(
            from -> {
              Optional<ImageFrame> back = shown.filter(batch -> isFrom(batch, from.clean));
              Optional<End> end =
                  back.map(batch -> new End(batch.trace(), batch.recorded(), batch.image()));
              ProcessKind process = chosen.process();
              long seed = chosen.seed();
              Optional<Seen> known = seen.filter(last -> last.isOf(from, process, seed, end));
              if (known.isEmpty()) {
                float[] at = at(from, process, seed);
                var trip =
                    new RoundTrip(
                        from.clean.shape, from.clean.values, at, back.map(ImageFrame::end));
                seen = Optional.of(new Seen(from, process, seed, end, trip));
              }
              return seen.orElseThrow().trip;
            });
  }

  private static boolean isFrom(ImageFrame batch, Clean origin) {
    return batch.trace().header().source().equals(Optional.of(origin.name))
        && batch.shape().image() == origin.values.length;
  }

  private static float[] at(Noised from, ProcessKind process, long seed) {
    float[] clean = from.clean.values;
    if (process.gaussian().isEmpty()) {
      return clean;
    }
    ImageProcess gaussian = process.gaussian().get();
    float[] noised = gaussian.corrupted(clean, noise(clean.length, seed), from.time);
    double size = StrictMath.hypot(gaussian.alpha(from.time), gaussian.sigma(from.time));
    for (int i = 0; i < noised.length; i++) {
      noised[i] /= (float) size;
    }
    return noised;
  }

  /** The image; empty for pure noise. */
  ObjectProperty<Optional<Clean>> cleanProperty() {
    return clean;
  }

  /** t, from 0 to 1. */
  DoubleProperty timeProperty() {
    return time;
  }
}
