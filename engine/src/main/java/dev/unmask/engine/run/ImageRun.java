package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ImageProcess;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A run of images, or of points. */
public final class ImageRun extends StepMachine<BatchState, ImageRecord> {
  private final ImageDenoiser denoiser;
  private final ImagePlan plan;
  private final ImageSampler sampler;
  private final ProcessKind process;
  private final int[] labels;
  private final ImageLoop loop;
  private final RecordedTrace<BatchState, ImageRecord> trace;
  private ImageState present;

  private ImageRun(ImageRunModel model, ImagePlan plan) {
    denoiser = model.denoiser();
    this.plan = plan;
    sampler = plan.sampler().create(plan.settings());
    process = plan.sampler().process(plan.settings());
    labels = plan.labels().stream().mapToInt(Integer::intValue).toArray();
    loop = new ImageLoop(denoiser, sampler, labels, plan.guidance());
    check(model);
    present = first();
    trace = new RecordedTrace<>(header(model), batch(present));
  }

  /**
   * A new run.
   *
   * @throws InputException if the settings, the start and the model do not fit together
   */
  public static ImageRun start(ImageRunModel model, ImagePlan plan) {
    return new ImageRun(model, plan);
  }

  private void check(ImageRunModel model) {
    ImageSamplerKind kind = plan.sampler();
    if (!denoiser.undoes(sampler.corruption(0))) {
      throw new InputException(
          "The model %s was not made for the noise that %s takes away (%s); choose another sampler or model."
              .formatted(model.identity().name(), kind.name(), process.word()));
    }
    if (labels.length == 0) {
      throw new InputException("The run has no images; give at least 1.");
    }
    for (int label : labels) {
      if (label < 0 || label > denoiser.classes()) {
        throw new InputException(
            "The model %s has no class %d; it has %d, from 0."
                .formatted(model.identity().name(), label, denoiser.classes()));
      }
    }
    checkMemory();
    if (kind.beginning() == Beginning.IMAGE && plan.start().isEmpty()) {
      throw new InputException(
          "The sampler %s finds the noise of an image; give it one to start from."
              .formatted(kind.name()));
    }
    plan.start().ifPresent(this::check);
  }

  /** Of each step x, the predicted image and the predicted noise are kept. */
  private void checkMemory() {
    long step = 3L * Float.BYTES * labels.length * denoiser.shape().values();
    long needed = step * sampler.steps();
    long there = Runtime.getRuntime().maxMemory() / 2;
    if (needed > there) {
      throw new InputException(
          "The %d steps of the run would take %d MB, and there are %d; take fewer steps or images."
              .formatted(sampler.steps(), needed >> 20, there >> 20));
    }
  }

  private void check(ImageStart start) {
    int size = labels.length * denoiser.shape().values();
    if (start.clean().length != size || start.noise().length != size) {
      throw new InputException(
          "The images to start from have %d values and not %d, which %d images of the model have; give images of its size."
              .formatted(start.clean().length, size, labels.length));
    }
    if (!(start.time() >= 0 && start.time() <= 1)) {
      throw new InputException(
          "The run starts at t = %s; give a t from 0 to 1.".formatted(start.time()));
    }
  }

  private ImageState first() {
    if (plan.start().isEmpty()) {
      int size = labels.length * denoiser.shape().values();
      float[] noise = Normals.draw(size, Purpose.START, new Philox(plan.seed(), 0));
      return ImageState.start(0, sampler.start(noise), labels.length);
    }
    ImageStart start = plan.start().get();
    if (plan.sampler().beginning() == Beginning.IMAGE) {
      return ImageState.start(0, start.clean(), labels.length);
    }
    int step =
        IntStream.range(0, sampler.steps())
            .filter(k -> sampler.canStart(k) && !(time(k) > start.time()))
            .findFirst()
            .orElse(sampler.steps());
    float[] x =
        step == sampler.steps()
            ? start.clean()
            : sampler.noised(start.clean(), start.noise(), step);
    return ImageState.start(step, x, labels.length);
  }

  private TraceHeader header(ImageRunModel model) {
    ImageShape shape = denoiser.shape();
    Map<String, Object> settings = Settings.of(plan.sampler().settings(), plan.settings()).byName();
    return new TraceHeader(
        model.identity(),
        new TraceHeader.Images(
            new BatchShape(labels.length, shape.channels(), shape.height(), shape.width()),
            denoiser.classes() == 0 ? List.of() : plan.labels(),
            plan.guidance()),
        process.word(),
        RandomKind.PHILOX.word(),
        plan.seed(),
        List.of(new TraceHeader.Segment(0, plan.sampler().name(), settings, List.of())),
        Optional.empty(),
        plan.start().map(ImageStart::source),
        TraceHeader.VERSION);
  }

  /** t of the x that step {@code k} begins with; NaN in a chain that stays at one level. */
  private double time(int k) {
    if (plan.sampler().beginning() == Beginning.IMAGE) {
      return (double) k / sampler.steps();
    }
    if (k == sampler.steps()) {
      return 0;
    }
    Optional<ImageProcess> gaussian = process.gaussian();
    return sampler.corruption(k) instanceof Corruption.Gaussian at && gaussian.isPresent()
        ? gaussian.get().time(at.ratio())
        : Double.NaN;
  }

  private BatchState batch(ImageState at) {
    boolean ended = at.step() == sampler.steps();
    if (ended && plan.sampler().beginning() == Beginning.NOISE) {
      return new BatchState(at.x(), 0, 1, 0);
    }
    int step = Math.min(at.step(), sampler.steps() - 1);
    return sampler.corruption(step) instanceof Corruption.Gaussian(double alpha, double sigma)
        ? new BatchState(at.x(), time(at.step()), alpha, sigma)
        : new BatchState(at.x(), time(at.step()), Double.NaN, Double.NaN);
  }

  @Override
  RecordedTrace<BatchState, ImageRecord> recorded() {
    return trace;
  }

  @Override
  public boolean finished() {
    return present.step() == sampler.steps();
  }

  /** A run that starts from an image leaves some of the sampler's out. */
  @Override
  public int plannedSteps() {
    return trace.steps() + sampler.steps() - present.step();
  }

  @Override
  ImageRecord take(BatchState state, StepTimes.Watch watch) {
    Corruption corruption = sampler.corruption(present.step());
    float[] clean = loop.clean(present);
    watch.predicted();
    ImageStep taken = sampler.step(present, clean, new Philox(plan.seed(), present.step()));
    watch.decided();
    var record =
        new ImageRecord(
            Optional.of(taken.predicted()),
            noise(corruption, taken.predicted()),
            batch(taken.next()),
            evaluations() + loop.evaluations());
    present = taken.next();
    return record;
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
