package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.training.Goal;
import dev.unmask.engine.training.ImageGoal;
import dev.unmask.engine.training.ImageSubject;
import dev.unmask.engine.training.Progress;
import dev.unmask.engine.training.Subject;
import dev.unmask.engine.training.TextSubject;
import dev.unmask.engine.training.Trainer;
import dev.unmask.engine.training.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model. */
@Command(
    name = "train",
    description = {
      "Trains a model on a text or on images, and writes it as a model folder OUT/model.",
      "Stopped at any moment, the same command goes on where the last checkpoint was."
    },
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = {
        "A .txt or .gz file, where a line <|endoftext|> separates documents;",
        "or images in MNIST's format."
      })
  private Path data;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "For a text: a tokenizer.json (unmask tokenizer makes one).")
  private Path tokenizer;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "For images: their classes, in MNIST's format.")
  private Path labels;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the checkpoint and the model are written.")
  private Path out;

  @Option(
      names = "--goal",
      paramLabel = "GOAL",
      defaultValue = "masked",
      description =
          "What it learns: of a text masked (LLaDA's diffusion), uniform (D3PM's), block"
              + " (BD3-LM's) or causal (autoregression); of images noise (DDPM's diffusion),"
              + " autoencoder (the denoising autoencoder's masks) or classes (of clean ones).")
  private String goal;

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description = "A model folder of the same shape, but for the context, to start from.")
  private Path from;

  @ArgGroup(validate = false, heading = "The shape of a language model:%n")
  private final Shape shape = new Shape();

  @ArgGroup(validate = false, heading = "The shape of an image model:%n")
  private final ImageShape imageShape = new ImageShape();

  @ArgGroup(validate = false, heading = "The schedule:%n")
  private final Schedule schedule = new Schedule();

  @Spec private CommandSpec spec;

  private static final class Shape {
    @Option(
        names = "--layers",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "6")
    private int layers;

    @Option(
        names = "--width",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "256")
    private int width;

    @Option(
        names = "--heads",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "8")
    private int heads;

    @Option(
        names = "--hidden",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "704")
    private int hidden;

    @Option(
        names = "--vocabulary",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "4096")
    private int vocabulary;

    @Option(
        names = "--context",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "64")
    private int context;

    @Option(
        names = "--block",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "16",
        description = "Positions of a block, for the goal block.")
    private int block;
  }

  private static final class ImageShape {
    @Option(
        names = "--fine",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "64",
        description = "Channels.")
    private int fine;

    @Option(
        names = "--coarse",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "128",
        description = "Channels.")
    private int coarse;

    @Option(
        names = "--blocks",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "2")
    private int blocks;
  }

  private static final class Schedule {
    @Option(
        names = "--steps",
        converter = OptionValues.FromOne.class,
        paramLabel = "N",
        defaultValue = "5000")
    private int steps;

    @Option(
        names = "--batch",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "64",
        description = "Windows of the text, or images, at a time.")
    private int batch;

    @Option(
        names = "--rate",
        paramLabel = "R",
        defaultValue = "0.002",
        description = "AdamW's highest learning rate; Muon's is twice as high.")
    private double rate;

    @Option(
        names = "--warm-up",
        converter = OptionValues.FromZero.class,
        paramLabel = "N",
        defaultValue = "200")
    private int warmUp;

    @Option(names = "--seed", paramLabel = "K", defaultValue = "0")
    private long seed;

    @Option(
        names = "--threads",
        converter = OptionValues.Threads.class,
        paramLabel = "N",
        defaultValue = "2")
    private int threads;

    @Option(
        names = "--checkpoint",
        converter = OptionValues.FromZero.class,
        paramLabel = "MINUTES",
        defaultValue = "5",
        description = "Time between checkpoints.")
    private int checkpointMinutes;
  }

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    try (Trainer trainer = new Trainer(plan())) {
      print.printf("%s; starting at step %d%n", trainer.data(), trainer.step());
      trainer.run(
          progress -> {
            if (progress.step() % 20 == 0 || progress.step() == progress.steps()) {
              tell(print, progress);
            }
          });
    }
    print.println("The model is in " + out.resolve("model") + ".");
    return 0;
  }

  private static void tell(PrintWriter print, Progress progress) {
    print.println(progress.line());
    print.flush();
  }

  private TrainingPlan plan() {
    return new TrainingPlan(
        subject(),
        out,
        Optional.ofNullable(from),
        schedule.steps,
        schedule.rate,
        schedule.warmUp,
        schedule.seed,
        schedule.threads,
        Duration.ofMinutes(schedule.checkpointMinutes));
  }

  private Subject subject() {
    Optional<ImageGoal> ofImages = ImageGoal.of(goal);
    if (ofImages.isPresent()) {
      return new ImageSubject(
          ofImages.get(),
          data,
          given(labels, "--labels", "with the images' classes"),
          imageShape.fine,
          imageShape.coarse,
          imageShape.blocks,
          schedule.batch);
    }
    return new TextSubject(
        Goal.of(goal),
        architecture(),
        data,
        given(tokenizer, "--tokenizer", "such as unmask tokenizer makes"),
        schedule.batch,
        shape.block);
  }

  private Path given(Path file, String option, String what) {
    if (file == null) {
      throw new InputException(
          "The goal %s needs a file %s; give it with %s.".formatted(goal, what, option));
    }
    return file;
  }

  private LladaArchitecture architecture() {
    return new LladaArchitecture(
        shape.layers,
        shape.width,
        shape.heads,
        shape.heads,
        shape.hidden,
        shape.vocabulary,
        shape.context,
        true,
        10_000,
        1e-5f);
  }
}
