package dev.unmask.engine.trace;

import dev.unmask.engine.trace.RecordedImages.Batch;
import dev.unmask.engine.trace.RecordedImages.Step;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Records a run of images. */
public final class ImageRecorder extends Recorder<Batch, Step> {
  /** What not every step told. */
  private final Set<String> partly = new LinkedHashSet<>();

  private final ImageTrace trace;
  private int recorded;

  private ImageRecorder(Path file, ImageTrace trace) {
    super(
        file,
        ImageHeaderJson.write(trace.header()),
        ImageTraceFile.columns(trace.header().shape()),
        batch(trace, 0));
    this.trace = trace;
  }

  /**
   * Starts to record, with what there is of a trace.
   *
   * @param file where the finished trace will be; an older one is replaced only then
   * @throws dev.unmask.engine.InputException if nothing can be written there, or another run is
   *     being recorded there
   */
  public static ImageRecorder create(Path file, ImageTrace trace) {
    var recorder = new ImageRecorder(file, trace);
    try {
      recorder.record();
      return recorder;
    } catch (RuntimeException e) {
      recorder.close();
      throw e;
    }
  }

  /** Adds the steps that were taken since; once it returns, they outlive this process. */
  public void record() {
    for (; recorded < trace.steps(); recorded++) {
      append(
          new Step(
              trace.predicted(recorded),
              trace.noise(recorded),
              batch(trace, recorded + 1),
              trace.evaluations(recorded)));
    }
  }

  private static Batch batch(ImageTrace trace, int index) {
    return new Batch(trace.x(index), trace.time(index), trace.alpha(index), trace.sigma(index));
  }

  @Override
  public void append(Step step) {
    super.append(step);
    if (step.predicted().isEmpty()) {
      partly.add(ImageTraceFile.PREDICTED);
    }
    if (step.noise().isEmpty()) {
      partly.add(ImageTraceFile.NOISE);
    }
  }

  @Override
  Batch next(Step step) {
    return step.next();
  }

  @Override
  Set<String> untold() {
    return partly;
  }
}
