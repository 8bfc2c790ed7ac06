package dev.unmask.app.cli;

import dev.unmask.engine.denoiser.LladaArchitecture;
import dev.unmask.engine.training.Goal;
import dev.unmask.engine.training.Progress;
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
      "Trains a model on a text, and writes it as a model folder OUT/model.",
      "Stopped at any moment, the same command goes on where the last checkpoint was."
    },
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TEXT",
      description = "A .txt or .gz file; a line <|endoftext|> separates documents.")
  private Path data;

  @Option(
      names = "--tokenizer",
      required = true,
      paramLabel = "FILE",
      description = "A tokenizer.json (unmask tokenizer makes one).")
  private Path tokenizer;

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
      description = "What it learns: masked (LLaDA's diffusion) or causal (autoregression).")
  private String goal;

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description = "A model folder of the same shape to start from.")
  private Path from;

  @ArgGroup(validate = false, heading = "The shape of the model:%n")
  private final Shape shape = new Shape();

  @ArgGroup(validate = false, heading = "The schedule:%n")
  private final Schedule schedule = new Schedule();

  @Spec private CommandSpec spec;

  private static final class Shape {
    @Option(names = "--layers", paramLabel = "N", defaultValue = "6")
    private int layers;

    @Option(names = "--width", paramLabel = "N", defaultValue = "256")
    private int width;

    @Option(names = "--heads", paramLabel = "N", defaultValue = "8")
    private int heads;

    @Option(names = "--hidden", paramLabel = "N", defaultValue = "704")
    private int hidden;

    @Option(names = "--vocabulary", paramLabel = "N", defaultValue = "4096")
    private int vocabulary;

    @Option(names = "--context", paramLabel = "N", defaultValue = "64")
    private int context;
  }

  private static final class Schedule {
    @Option(names = "--steps", paramLabel = "N", defaultValue = "5000")
    private int steps;

    @Option(names = "--windows", paramLabel = "N", defaultValue = "64", description = "A batch.")
    private int windows;

    @Option(
        names = "--rate",
        paramLabel = "R",
        defaultValue = "0.002",
        description = "AdamW's highest learning rate; Muon's is twice as high.")
    private double rate;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "200")
    private int warmUp;

    @Option(names = "--seed", paramLabel = "K", defaultValue = "0")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2")
    private int threads;

    @Option(
        names = "--checkpoint",
        paramLabel = "MINUTES",
        defaultValue = "5",
        description = "Time between checkpoints.")
    private int checkpointMinutes;
  }

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    try (Trainer trainer = new Trainer(plan())) {
      print.printf("%d tokens; starting at step %d%n", trainer.corpusTokens(), trainer.step());
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
    LladaArchitecture architecture =
        new LladaArchitecture(
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
    return new TrainingPlan(
        Goal.of(goal),
        architecture,
        data,
        tokenizer,
        out,
        Optional.ofNullable(from),
        schedule.steps,
        schedule.windows,
        schedule.rate,
        schedule.warmUp,
        schedule.seed,
        schedule.threads,
        Duration.ofMinutes(schedule.checkpointMinutes));
  }
}
