package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
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
      "Measures what a run of images costs on every bundled model that goes with its sampler, as"
          + " bench does of a run of tokens."
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
      names = "--runs",
      converter = OptionValues.FromOne.class,
      paramLabel = "N",
      description = "That count, after one that does not.")
  private int runs = 1;

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
    var benchmark = new RunBenchmark(runs, threads);
    ModelFolders folders = new ModelFolders(Assets.models()).images();
    for (String name : model == null ? folders.names() : List.of(model)) {
      try (ImageFolder opened = ImageJob.open(name, threads)) {
        if (model != null || opened.denoiser().undoes(first)) {
          String figures = benchmark.measure(() -> begin(opened, kind));
          out.printf(
              "%s on %s, %d images, %d threads; medians of %d runs%n",
              sampler, opened.name(), images, threads, runs);
          out.print(benchmark.kernels());
          out.print(figures);
          out.flush();
        }
      }
    }
    return 0;
  }

  private RunBenchmark.Begun begin(ImageFolder opened, ImageSamplerKind kind) {
    var start = new Start.Images(Collections.nCopies(images, opened.denoiser().classes()));
    var plan = new RunPlan<>(kind, Map.of("steps", steps), 1);
    ImageRun run = ImageRun.start(RunModel.of(opened), start, plan);
    return new RunBenchmark.Begun(run, images, "images");
  }
}
