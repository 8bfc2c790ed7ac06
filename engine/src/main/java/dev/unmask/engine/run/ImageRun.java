package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A run of images, or of points. */
public final class ImageRun extends StepMachine<BatchState, ImageRecord> {
  /** w of classifier-free guidance, a setting of every run of images. */
  public static final Setting.Real GUIDANCE =
      new Setting.Real(
          Segment.GUIDANCE, 0.0, 0, 100, "How far images are pushed towards their class");

  private final RunModel.Images model;
  private final RecordedTrace<BatchState, ImageRecord> trace;

  /** By the step that each took first. */
  private final NavigableMap<Integer, ImageStretch> stretches;

  private ImageState present;

  private ImageRun(
      RunModel.Images model,
      RecordedTrace<BatchState, ImageRecord> trace,
      NavigableMap<Integer, ImageStretch> stretches,
      ImageState present) {
    this.model = model;
    this.trace = trace;
    this.stretches = stretches;
    this.present = present;
  }

  /** What can be set of a run: the sampler's own settings, and {@link #GUIDANCE}. */
  public static List<Setting<?>> settings(ImageSamplerKind kind) {
    return Stream.concat(kind.settings().stream(), Stream.of(GUIDANCE)).toList();
  }

  /**
   * A new run.
   *
   * @throws InputException if the settings, the start and the model do not fit together
   */
  public static ImageRun start(
      RunModel.Images model, Start.Images start, RunPlan<ImageSamplerKind> plan) {
    if (plan.random() != RandomKind.PHILOX) {
      throw new InputException(
          "Images are drawn by philox and not by %s; leave the generator out."
              .formatted(plan.random().word()));
    }
    int[] labels = start.labels().stream().mapToInt(Integer::intValue).toArray();
    ImageSamplerKind kind = plan.sampler();
    Segment segment = new Segment(0, kind.name(), plan.settings().byName(), List.of());
    ImageStretch stretch = ImageStretch.of(model, segment, labels);
    checkLabels(model, labels);
    checkMemory(model, stretch);
    if (kind.beginning() == Beginning.IMAGE && start.given().isEmpty()) {
      throw new InputException(
          "The sampler %s finds the noise of an image; give it one to start from."
              .formatted(kind.name()));
    }
    start.given().ifPresent(given -> check(given, labels.length, model.denoiser().shape()));
    ImageStretch placed = start.given().map(given -> stretch.from(given.time())).orElse(stretch);
    float[] x =
        start
            .given()
            .map(given -> noised(given, placed))
            .orElseGet(() -> noise(placed, plan.seed()));
    ImageState first = ImageState.start(placed.point(0), x, labels.length);
    ImageShape shape = model.denoiser().shape();
    TraceHeader header =
        new TraceHeader(
            model.identity(),
            new TraceHeader.Images(
                new BatchShape(labels.length, shape.channels(), shape.height(), shape.width()),
                model.denoiser().classes() == 0 ? List.of() : start.labels()),
            placed.process().word(),
            plan.random().word(),
            plan.seed(),
            List.of(segment),
            Optional.empty(),
            start.given().map(Start.Given::source),
            TraceHeader.WRITER);
    return new ImageRun(
        model,
        new RecordedTrace<>(header, placed.batch(first)),
        new TreeMap<>(Map.of(0, placed)),
        first);
  }

  private static void checkLabels(RunModel.Images model, int[] labels) {
    if (labels.length == 0) {
      throw new InputException("The run has no images; give at least 1.");
    }
    int classes = model.denoiser().classes();
    for (int label : labels) {
      if (label < 0 || label > classes) {
        throw new InputException(
            "The model %s has no class %d; it has %d, from 0."
                .formatted(model.identity().name(), label, classes));
      }
    }
  }

  /** Of each step x, the predicted image and the predicted noise are kept. */
  private static void checkMemory(RunModel.Images model, ImageStretch stretch) {
    int steps = stretch.sampler().steps();
    int images = stretch.loop().labels().length;
    long step = 3L * Float.BYTES * images * model.denoiser().shape().values();
    long needed = step * steps;
    long there = Runtime.getRuntime().maxMemory() / 2;
    if (needed > there) {
      throw new InputException(
          "The %d steps of the run would take %d MB, and there are %d; take fewer steps or images."
              .formatted(steps, needed >> 20, there >> 20));
    }
  }

  private static void check(Start.Given start, int images, ImageShape shape) {
    int size = images * shape.values();
    if (start.clean().length != size || start.noise().length != size) {
      throw new InputException(
          "The images to start from have %d values and not %d, which %d images of the model have; give images of its size."
              .formatted(start.clean().length, size, images));
    }
    if (!(start.time() >= 0 && start.time() <= 1)) {
      throw new InputException(
          "The run starts at t = %s; give a t from 0 to 1.".formatted(start.time()));
    }
  }

  private static float[] noise(ImageStretch stretch, long seed) {
    ImageLoop loop = stretch.loop();
    int size = loop.labels().length * loop.denoiser().shape().values();
    float[] noise = Normals.draw(size, Purpose.START, new Philox(seed, 0));
    return stretch.sampler().start(noise);
  }

  private static float[] noised(Start.Given start, ImageStretch stretch) {
    int point = stretch.point(0);
    boolean clean =
        stretch.kind().beginning() == Beginning.IMAGE || point == stretch.sampler().steps();
    return clean ? start.clean() : stretch.sampler().noised(start.clean(), start.noise(), point);
  }

  /**
   * A run that repeats the first steps of a trace and goes on from there as the trace did. What its
   * sampler remembers is found by asking the model about some of those steps again, which is not
   * counted.
   *
   * @param steps how many steps are taken over, at most those of the trace
   * @throws InputException if the trace was made with another model, or does not say how
   */
  public static ImageRun resume(
      RunModel.Images model, Trace<BatchState, ImageRecord> trace, int steps) {
    NavigableMap<Integer, ImageStretch> stretches = stretches(model, trace, steps);
    var copy = new RecordedTrace<BatchState, ImageRecord>(trace.header(), trace.state(0));
    for (int step = 0; step < steps; step++) {
      copy.append(trace.step(step));
    }
    return new ImageRun(model, copy, stretches, state(copy, stretches));
  }

  /** Those that took the first steps of a trace, and the one that takes the next. */
  private static NavigableMap<Integer, ImageStretch> stretches(
      RunModel.Images model, Trace<BatchState, ImageRecord> trace, int steps) {
    TraceHeader header = trace.header();
    int[] labels = labels(model, header);
    NavigableMap<Integer, ImageStretch> stretches = new TreeMap<>();
    for (Segment segment : header.segments()) {
      int from = segment.fromStep();
      if (from < 0 || stretches.isEmpty() != (from == 0) || !stretches.tailMap(from).isEmpty()) {
        throw new InputException(
            "The trace names a sampler for step %d out of its order, so it cannot go on; start a new run."
                .formatted(from));
      }
      if (from <= steps) {
        ImageStretch stretch = ImageStretch.of(model, segment, labels);
        checkMemory(model, stretch);
        stretches.put(from, placed(stretch, stretches, trace, from));
      }
    }
    if (stretches.isEmpty()) {
      throw new InputException("The trace names no sampler, so it cannot go on; start a new run.");
    }
    return stretches;
  }

  private static ImageStretch placed(
      ImageStretch stretch,
      NavigableMap<Integer, ImageStretch> before,
      Trace<BatchState, ImageRecord> trace,
      int step) {
    if (!before.isEmpty()) {
      return stretch.after(before.lastEntry().getValue(), trace.state(step), step);
    }
    return trace.header().source().isPresent() ? stretch.from(trace.state(0).time()) : stretch;
  }

  private static int[] labels(RunModel.Images model, TraceHeader header) {
    if (!header.model().sha256().equals(model.identity().sha256())) {
      throw new InputException(
          "The trace was made with another version of the model %s; start a new run."
              .formatted(header.model().name()));
    }
    BatchShape shape = header.images().shape();
    ImageShape size = model.denoiser().shape();
    if (!size.equals(new ImageShape(shape.channels(), shape.height(), shape.width()))) {
      throw new InputException(
          "The trace has images of another size than the model %s; start a new run."
              .formatted(header.model().name()));
    }
    List<Integer> named = header.images().labels();
    int[] labels =
        (named.isEmpty() ? Collections.nCopies(shape.images(), model.denoiser().classes()) : named)
            .stream().mapToInt(Integer::intValue).toArray();
    checkLabels(model, labels);
    return labels;
  }

  /** The state after a trace's last step, with what its sampler remembers. */
  private static ImageState state(
      Trace<BatchState, ImageRecord> trace, NavigableMap<Integer, ImageStretch> stretches) {
    int steps = trace.steps();
    ImageStretch last = stretches.lastEntry().getValue();
    int images = last.loop().labels().length;
    int since = steps;
    if (last.point(steps) < last.sampler().steps()) {
      int first = stretches.lastKey();
      while (first > 0 && last.goesOn(stretches.lowerEntry(first).getValue())) {
        first = stretches.lowerKey(first);
      }
      int point = last.point(steps);
      since = Math.max(first, steps - point + last.sampler().remembersFrom(point));
    }
    ImageState state = ImageState.start(last.point(since), trace.state(since).x(), images);
    for (int step = since; step < steps; step++) {
      ImageLoop loop = stretches.floorEntry(step).getValue().loop();
      RandomSource random = random(trace.header(), stretches, step);
      ImageState next = loop.step(state, random).next();
      state = new ImageState(next.step(), trace.state(step + 1).x(), images, next.history());
    }
    return state;
  }

  /** A step of a run that started at a point of the grid draws what it would from noise on. */
  private static RandomSource random(
      TraceHeader header, NavigableMap<Integer, ImageStretch> stretches, int step) {
    return new Philox(header.seedAt(step), stretches.firstEntry().getValue().point(step));
  }

  /**
   * The state that a branch begins with.
   *
   * @param header of the branch; its last segment is the new one
   */
  static BatchState branched(
      RunModel.Images model, Trace<BatchState, ImageRecord> trace, TraceHeader header) {
    Segment segment = header.segments().getLast();
    int step = segment.fromStep();
    ImageStretch before = stretches(model, trace, step).lastEntry().getValue();
    ImageStretch asked = ImageStretch.of(model, segment, before.loop().labels());
    checkMemory(model, asked);
    if (step == 0 && trace.header().source().isEmpty() && !asked.goesOn(before)) {
      asked.checkTurns(before);
      int images = before.loop().labels().length;
      return asked.batch(ImageState.start(0, noise(asked, header.seed()), images));
    }
    ImageStretch placed = asked.after(before, trace.state(step), step);
    if (placed.ends(step) && changes(trace.header(), header, step)) {
      throw new InputException(
          "At step %d no noise is left for the sampler %s; branch earlier."
              .formatted(step, segment.sampler()));
    }
    Optional<float[]> predicted = step == 0 ? Optional.empty() : trace.step(step - 1).predicted();
    return placed.taken(trace.state(step), predicted, step);
  }

  private static boolean changes(TraceHeader before, TraceHeader now, int step) {
    Segment was = before.segmentAt(step).orElseThrow();
    Segment is = now.segmentAt(step).orElseThrow();
    return !was.sampler().equals(is.sampler())
        || !was.settings().equals(is.settings())
        || before.seedAt(step) != now.seedAt(step);
  }

  @Override
  RecordedTrace<BatchState, ImageRecord> recorded() {
    return trace;
  }

  private ImageStretch stretch() {
    return stretches.lastEntry().getValue();
  }

  @Override
  public boolean finished() {
    return stretch().ends(trace.steps());
  }

  /** A run that starts from an image leaves some of the sampler's out. */
  @Override
  public int plannedSteps() {
    return trace.steps() + Math.max(0, stretch().sampler().steps() - present.step());
  }

  @Override
  ImageRecord take(BatchState state, StepTimes.Watch watch) {
    ImageStretch stretch = stretch();
    Corruption corruption = stretch.sampler().corruption(present.step());
    float[] clean = stretch.loop().clean(present);
    watch.predicted();
    ImageStep taken =
        stretch.sampler().step(present, clean, random(trace.header(), stretches, trace.steps()));
    watch.decided();
    Optional<float[]> predicted = Optional.of(taken.predicted());
    Optional<float[]> noise = noise(corruption, taken.predicted());
    int evaluations = evaluations() + stretch.loop().evaluations();
    int reached = trace.steps() + 1;
    BatchState next = stretch.batch(taken.next());
    present = taken.next();
    Optional<Segment> begins =
        trace.header().segmentAt(reached).filter(segment -> segment.fromStep() == reached);
    if (begins.isPresent()) {
      ImageStretch placed =
          ImageStretch.of(model, begins.get(), stretch.loop().labels())
              .after(stretch, next, reached);
      next = placed.taken(next, predicted, reached);
      stretches.put(reached, placed);
      if (!placed.goesOn(stretch)) {
        present = ImageState.start(placed.point(reached), next.x(), present.images());
      }
    }
    return new ImageRecord(predicted, noise, next, evaluations);
  }

  /** ε̂, where x = α x̂0 + σ ε̂. */
  private Optional<float[]> noise(Corruption corruption, float[] predicted) {
    if (!(corruption instanceof Corruption.Gaussian(double alpha, double sigma)) || sigma == 0) {
      return Optional.empty();
    }
    float[] x = present.x();
    float[] noise = new float[x.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) ((x[i] - alpha * predicted[i]) / sigma);
    }
    return Optional.of(noise);
  }
}
