package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ImageProcess;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A stretch of a run of images with one sampler and one setting.
 *
 * @param settings of the sampler alone
 * @param offset the point of the sampler's grid at which step 0 of the run would be
 */
record ImageStretch(
    ImageSamplerKind kind,
    Map<String, Object> settings,
    ProcessKind process,
    ImageLoop loop,
    int offset) {
  /** Of a run that begins with it, at the first point of its grid. */
  static ImageStretch of(RunModel.Images model, Segment segment, int[] labels) {
    ImageSamplerKind kind = ImageSamplers.named(segment.sampler());
    Settings all = Settings.of(ImageRun.settings(kind), segment.written());
    Map<String, Object> settings = new LinkedHashMap<>(all.byName());
    settings.remove(ImageRun.GUIDANCE.name());
    ImageSampler sampler = kind.constructor().apply(all);
    ProcessKind process = kind.noise().apply(all);
    if (!model.denoiser().undoes(sampler.corruption(0))) {
      throw new InputException(
          "The model %s was not made for the noise that %s takes away (%s); choose another sampler or model."
              .formatted(model.identity().name(), kind.name(), process.word()));
    }
    var loop = new ImageLoop(model.denoiser(), sampler, labels, all.get(ImageRun.GUIDANCE));
    return new ImageStretch(kind, settings, process, loop, 0);
  }

  ImageSampler sampler() {
    return loop.sampler();
  }

  /** Where on the sampler's grid a state of the run is. */
  int point(int step) {
    return offset + step;
  }

  /** Whether no step is left at a state of the run. */
  boolean ends(int step) {
    return point(step) >= sampler().steps();
  }

  /** Whether both take steps alike, but perhaps for their guidance and random numbers. */
  boolean goesOn(ImageStretch before) {
    return kind == before.kind && settings.equals(before.settings);
  }

  /** The same where a state of the run is at a point of the grid. */
  ImageStretch at(int point, int step) {
    return new ImageStretch(kind, settings, process, loop, point - step);
  }

  /** The same where a run's images were noised to t before its first step. */
  ImageStretch from(double t) {
    return at(kind.beginning() == Beginning.IMAGE ? 0 : first(point -> !(time(point) > t)), 0);
  }

  /**
   * The same where it begins in place of another: at the point at which that would go on if there
   * is as much noise, else at the first with no more noise than is left.
   */
  ImageStretch after(ImageStretch before, BatchState state, int step) {
    int point = before.point(step);
    if (goesOn(before)) {
      return at(point, step);
    }
    checkTurns(before);
    boolean stays =
        point < Math.min(sampler().steps(), before.sampler().steps())
            && sampler().canStart(point)
            && sampler().corruption(point).equals(before.sampler().corruption(point))
            && (Double.isNaN(state.alpha()) || sampler().corruption(point).equals(noise(state)));
    if (stays) {
      return at(point, step);
    }
    if (Double.isNaN(state.alpha()) || process.gaussian().isEmpty()) {
      throw new InputException(
          "The sampler %s does not take away the noise that %s has left; choose another."
              .formatted(kind.name(), before.kind.name()));
    }
    double left = noise(state).ratio();
    return at(first(k -> ((Corruption.Gaussian) sampler().corruption(k)).ratio() <= left), step);
  }

  /** Checks that it can begin where another did or does. */
  void checkTurns(ImageStretch other) {
    if (kind.beginning() == Beginning.IMAGE || other.kind.beginning() == Beginning.IMAGE) {
      throw new InputException(
          "The samplers %s and %s cannot take turns, for one of them goes from image to noise; start a new run."
              .formatted(other.kind.name(), kind.name()));
    }
  }

  /** The first point at which a run can start and something holds; the end if there is none. */
  private int first(IntPredicate holds) {
    return IntStream.range(0, sampler().steps())
        .filter(sampler()::canStart)
        .filter(holds)
        .findFirst()
        .orElse(sampler().steps());
  }

  private static Corruption.Gaussian noise(BatchState state) {
    return new Corruption.Gaussian(state.alpha(), state.sigma());
  }

  /**
   * A state with the noise of the point where this stretch begins: x moves on along the line
   * through x̂0, as DDIM's does, α′ x̂0 + σ′ ε̂ where x = α x̂0 + σ ε̂.
   *
   * @param predicted x̂0 of the step before
   */
  BatchState taken(BatchState state, Optional<float[]> predicted, int step) {
    int point = point(step);
    if (ends(step)
        || !(sampler().corruption(point) instanceof Corruption.Gaussian to)
        || to.equals(noise(state))) {
      return state;
    }
    float[] clean =
        predicted.orElseThrow(
            () ->
                new InputException(
                    "The trace has no predicted image at step %d, from which the sampler %s could go on; start a new run."
                        .formatted(step, kind.name())));
    float[] x = state.x();
    double alpha = state.alpha();
    double sigma = state.sigma();
    float[] moved =
        Pixels.each(
            x.length,
            i -> (float) (to.alpha() * clean[i] + to.sigma() * (x[i] - alpha * clean[i]) / sigma));
    return new BatchState(moved, time(point), to.alpha(), to.sigma());
  }

  /** t of the x at a point of the grid; NaN in a chain that stays at one level. */
  private double time(int point) {
    if (kind.beginning() == Beginning.IMAGE) {
      return (double) point / sampler().steps();
    }
    if (point == sampler().steps()) {
      return 0;
    }
    Optional<ImageProcess> gaussian = process.gaussian();
    return sampler().corruption(point) instanceof Corruption.Gaussian at && gaussian.isPresent()
        ? gaussian.get().time(at.ratio())
        : Double.NaN;
  }

  /** What a trace keeps of a state. */
  BatchState batch(ImageState at) {
    boolean ended = at.step() == sampler().steps();
    if (ended && kind.beginning() == Beginning.NOISE) {
      return new BatchState(at.x(), 0, 1, 0);
    }
    int point = Math.min(at.step(), sampler().steps() - 1);
    return sampler().corruption(point) instanceof Corruption.Gaussian(double alpha, double sigma)
        ? new BatchState(at.x(), time(at.step()), alpha, sigma)
        : new BatchState(at.x(), time(at.step()), Double.NaN, Double.NaN);
  }
}
