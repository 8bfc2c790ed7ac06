package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.run.ImageRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A run of images in the terminal. */
@Command(
    name = "image",
    description = {
      "Runs a sampler of images, from noise or from where `unmask corrupt --image` left off.",
      "The same seed gives the same images, on any number of threads."
    })
final class ImageCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "NAME|FOLDER",
      description = "A bundled model of images, or a folder; " + ImageJob.MODEL + " if not given.")
  private String model;

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      description = {
        "One of `unmask samplers`, under images; "
            + ImageJob.SAMPLER
            + " if not given, and with --from one for the noise that is there."
      })
  private String sampler;

  @Option(
      names = "--set",
      parameterConsumer = OptionValues.Settings.class,
      paramLabel = "KEY=VALUE",
      description = "A setting of the sampler; may be given again.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--steps", paramLabel = "S", description = "Short for --set steps=S.")
  private String steps;

  @Option(
      names = "--images",
      converter = OptionValues.Images.class,
      paramLabel = "N",
      defaultValue = "16",
      description = "How many; with --from as many as there are. (${DEFAULT-VALUE})")
  private int images;

  @Option(
      names = "--class",
      paramLabel = "N|NAME",
      description = "What they are to show, if the model knows classes.")
  private String label;

  @Option(
      names = "--guidance",
      paramLabel = "W",
      description = "How far they are pushed towards their class; 0 is not at all.")
  private String guidance;

  @Option(
      names = "--seed",
      paramLabel = "K",
      defaultValue = "1",
      description = "Another seed gives other images. (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "That the model computes on; the result does not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Starts from a recorded corruption of images, and compares.")
  private Path from;

  @Option(names = "--trace", paramLabel = "FILE", description = "Records all steps.")
  private Path trace;

  @Option(names = "--out", paramLabel = "PICTURE.png", description = "Paints the images.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (steps != null && set.put("steps", steps) != null) {
      throw new InputException(Mistake.twice("--steps"));
    }
    if (guidance != null && set.put(ImageRun.GUIDANCE.name(), guidance) != null) {
      throw new InputException(Mistake.twice("--guidance"));
    }
    var output =
        new ImageOutput(
            Optional.ofNullable(trace),
            Optional.ofNullable(out),
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    var job =
        new ImageJob(
            Optional.ofNullable(model),
            Optional.ofNullable(sampler),
            set,
            Optional.ofNullable(label),
            seed,
            threads);
    if (from == null) {
      job.run(images, output);
    } else {
      job.back(from, output);
    }
    return 0;
  }
}
