package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ClassNames;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.corruption.ImageDenoising;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * What is run of images in the terminal.
 *
 * @param model a bundled one's name, or a folder
 * @param sampler one of {@link ImageSamplers#ALL}
 * @param settings of the sampler, and the guidance
 * @param label a class by its name or number, none if empty
 * @param threads that the model computes on
 */
record ImageJob(
    Optional<String> model,
    Optional<String> sampler,
    Map<String, String> settings,
    Optional<String> label,
    long seed,
    int threads) {
  /** The model where none is named. */
  static final String MODEL = "fashion";

  /** The sampler where none is named. */
  static final String SAMPLER = "ddim";

  private static ModelFolders models() {
    return new ModelFolders(Assets.models()).images();
  }

  /** The model that was asked for, or if none was, the bundled one that a trace names. */
  static String named(Optional<String> asked, TraceHeader.Model recorded) {
    return asked.orElseGet(() -> models().recorded(recorded.name()).toString());
  }

  /** Opens a model. */
  static ImageFolder open(String model, int threads) {
    if (threads < 1) {
      throw new InputException("The number of threads is %d; give at least 1.".formatted(threads));
    }
    return ImageFolder.open(models().resolve(model), threads);
  }

  private int label(String name, ImageFolder opened) {
    int classes = opened.denoiser().classes();
    return label
        .map(given -> ClassNames.read(models().resolve(name)).label(given, classes))
        .orElse(classes);
  }

  /** Runs so many images out of noise. */
  void run(int images, ImageOutput output) {
    String name = model.orElse(MODEL);
    ImageSamplerKind kind = ImageSamplers.named(sampler.orElse(SAMPLER));
    try (ImageFolder opened = open(name, threads)) {
      var start = new Start.Images(Collections.nCopies(images, label(name, opened)));
      var plan = new RunPlan<>(kind, settings, seed);
      output.play(ImageRun.start(RunModel.of(opened), start, plan));
    }
  }

  /** Runs from where a recorded corruption ends, and compares; or finds the noise of its start. */
  void back(Path corruption, ImageOutput output) {
    ImageDenoising denoising = read(corruption);
    String chosen = sampler.orElse(denoising.sampler());
    String name = named(model, denoising.model());
    try (ImageFolder opened = open(name, threads)) {
      ImageRun run =
          denoising.start(RunModel.of(opened), chosen, settings, label(name, opened), seed);
      output.play(run);
      Trace<BatchState, ImageRecord> trace = run.trace();
      if (ImageSamplers.named(chosen).beginning() == Beginning.NOISE) {
        output.say(denoising.restored(trace.state(trace.steps()).x()).sentence());
      }
    }
  }

  private static ImageDenoising read(Path corruption) {
    try (var trace = TraceKind.IMAGES.open(corruption)) {
      return ImageDenoising.from(trace);
    }
  }
}
