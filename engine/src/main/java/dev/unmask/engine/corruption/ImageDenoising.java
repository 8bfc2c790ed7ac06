package dev.unmask.engine.corruption;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The way back from corrupted images: the reverse process from that t on, and not from noise alone.
 *
 * @param model whose images have this size
 * @param original image after image, [N × C × H × W], from −1 (black) to 1 (white)
 * @param corrupted what is left of them
 * @param noise the normal numbers that did it; for masks, such as would have
 * @param time t in (0, 1]
 */
public record ImageDenoising(
    TraceHeader.Model model,
    BatchShape shape,
    float[] original,
    float[] corrupted,
    float[] noise,
    double time,
    ProcessKind process) {
  private static final String PROCESS = "process";

  /** A normal number beyond any that is drawn. */
  private static final float FAR = 100;

  /**
   * From where a recorded corruption ends.
   *
   * @throws InputException if it is none
   */
  public static ImageDenoising from(Trace<BatchState, ImageRecord> trace) {
    int last = trace.steps();
    BatchState end = trace.state(last);
    double time = end.time();
    if (!trace.header().sampler().isEmpty() || !(trace.state(0).time() < time && time <= 1)) {
      throw new InputException(
          "The trace is no corruption of images up to a t; write one with `unmask corrupt --image`.");
    }
    ProcessKind process = ProcessKind.of(trace.header().noise());
    float[] original = trace.state(0).x();
    float[] corrupted = end.x();
    return new ImageDenoising(
        trace.header().model(),
        trace.header().images().shape(),
        original,
        corrupted,
        process == ProcessKind.MASKING
            ? masks(original, corrupted)
            : noise(original, corrupted, end.alpha(), end.sigma()),
        time,
        process);
  }

  private static float[] masks(float[] original, float[] corrupted) {
    float[] noise = new float[original.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = corrupted[i] == original[i] ? FAR : -FAR;
    }
    return noise;
  }

  private static float[] noise(float[] original, float[] corrupted, double alpha, double sigma) {
    if (!(alpha >= 0 && sigma > 0)) {
      throw new InputException(
          "The trace does not tell the alpha and sigma of its noise; write one with `unmask corrupt --image`.");
    }
    float[] noise = new float[original.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) ((corrupted[i] - alpha * original[i]) / sigma);
    }
    return noise;
  }

  /** The sampler that goes back where none was chosen. */
  public String sampler() {
    return switch (process) {
      case MASKING -> "walk-back";
      case VP_EVEN -> "diffusion-2015";
      default -> "ddim";
    };
  }

  /**
   * Starts the run.
   *
   * @param settings of the run, by name; where the sampler goes with several kinds of noise, it is
   *     told which; what was masked is restored once, and not walked away from
   * @param label of all images; the number of classes for none
   * @throws InputException if the sampler does not take away this noise, or the model cannot
   */
  public ImageRun start(
      RunModel.Images with, String sampler, Map<String, String> settings, int label, long seed) {
    ImageShape size = with.denoiser().shape();
    if (!size.equals(new ImageShape(shape.channels(), shape.height(), shape.width()))) {
      throw new InputException(
          "The corrupted images are %d × %d × %d and those of %s %d × %d × %d; choose the model %s, or corrupt others."
              .formatted(
                  shape.channels(),
                  shape.height(),
                  shape.width(),
                  with.identity().name(),
                  size.channels(),
                  size.height(),
                  size.width(),
                  model.name()));
    }
    ImageSamplerKind kind = ImageSamplers.named(sampler);
    Map<String, String> told = told(kind, settings);
    if (kind.noise().apply(Settings.of(ImageRun.settings(kind), told)) != process) {
      throw new InputException(
          "The images are corrupted by %s noise, which the sampler %s does not take away; choose %s."
              .formatted(process.word(), sampler, sampler()));
    }
    String source = "denoised from t %.3g".formatted(time);
    var given = new Start.Given(original, noise, time, source);
    var start = new Start.Images(Collections.nCopies(shape.images(), label), Optional.of(given));
    ImageRun run = ImageRun.start(with, start, new RunPlan<>(kind, told, seed));
    if (run.finished()) {
      throw new InputException(
          "At t %.3g the sampler %s has no step left; corrupt the images further, or give it more steps."
              .formatted(time, sampler));
    }
    return run;
  }

  private Map<String, String> told(ImageSamplerKind kind, Map<String, String> settings) {
    Map<String, String> told = new LinkedHashMap<>(settings);
    if (kind.offers(PROCESS, process.word())) {
      told.putIfAbsent(PROCESS, process.word());
    }
    if (process == ProcessKind.MASKING) {
      Denoising.tell(kind, told, "noise", process.word());
      Denoising.tell(kind, told, "share", String.valueOf(Math.clamp(time, 0.01, 0.99)));
      Denoising.tell(kind, told, "steps", "1");
    }
    return told;
  }

  /** What came of it. */
  public ImageRestoration restored(float[] result) {
    return ImageRestoration.of(original, corrupted, result);
  }
}
