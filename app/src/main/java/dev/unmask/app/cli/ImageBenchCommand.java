package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a step of images takes. */
@Command(
    name = "image",
    description = {
      "Runs a sampler of images on every bundled model that goes with it, after a run that does not"
          + " count, and prints milliseconds a step.",
      "The processor's time stands beside: where other programs run too, it tells more."
    },
    showDefaultValues = true)
final class ImageBenchCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "NAME|FOLDER", description = "One model alone.")
  private String model;

  @Option(names = "--sampler", paramLabel = "NAME", description = "One of `unmask samplers`.")
  private String sampler = ImageJob.SAMPLER;

  @Option(names = "--steps", paramLabel = "S", description = "Of a run.")
  private String steps = "50";

  @Option(
      names = "--images",
      converter = OptionValues.Images.class,
      paramLabel = "N",
      description = "In a batch.")
  private int images = 16;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "That a model computes on.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ImageSamplerKind kind = ImageSamplers.named(sampler);
    var first = kind.create(Map.of("steps", steps)).corruption(0);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s, %s steps, %d images, %d threads%n", sampler, steps, images, threads);
    out.println("model                 ms a step    slowest, ms   elapsed, s   processor, s");
    ModelFolders folders = new ModelFolders(Assets.models()).images();
    for (String name : model == null ? folders.names() : List.of(model)) {
      try (ImageFolder opened = ImageJob.open(name, threads)) {
        if (model != null || opened.denoiser().undoes(first)) {
          measure(opened, kind);
          out.println(measure(opened, kind));
          out.flush();
        }
      }
    }
    return 0;
  }

  private String measure(ImageFolder opened, ImageSamplerKind kind) {
    ImageRun run = start(opened, kind);
    double[] milliseconds = new double[run.plannedSteps()];
    Stopwatch whole = Stopwatch.started();
    while (!run.finished()) {
      Stopwatch step = Stopwatch.started();
      int at = run.trace().steps();
      run.step();
      milliseconds[at] = step.elapsed() * 1000;
    }
    double elapsed = whole.elapsed();
    double busy = whole.busy();
    Arrays.sort(milliseconds);
    return String.format(
        Locale.ROOT,
        "%-20s %10.1f %14.1f %12.2f %14.2f",
        opened.name(),
        milliseconds[milliseconds.length / 2],
        milliseconds[milliseconds.length - 1],
        elapsed,
        busy);
  }

  private ImageRun start(ImageFolder opened, ImageSamplerKind kind) {
    var start = new Start.Images(Collections.nCopies(images, opened.denoiser().classes()));
    var plan = new RunPlan<>(kind, Map.of("steps", steps), RandomKind.PHILOX, 1);
    return ImageRun.start(RunModel.of(opened), start, plan);
  }
}
