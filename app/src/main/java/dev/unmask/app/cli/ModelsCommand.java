package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.checkpoint.MemoryEstimate;
import dev.unmask.engine.checkpoint.ModelFolders;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the bundled models, or says what one takes. */
@Command(
    name = "models",
    description = "Lists the bundled models, or says what a model takes before it is loaded.",
    showDefaultValues = true)
final class ModelsCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|FOLDER",
      description = "A bundled model's name, or a model folder.")
  private String model;

  @Option(
      names = "--length",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "Tokens of the sequence.")
  private int length = 128;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "That the model computes on.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    var folders = new ModelFolders(Assets.models());
    if (model == null) {
      Stream.of(folders, folders.images(), folders.classifiers()).forEach(each -> list(each, out));
    } else {
      MemoryEstimate demand = MemoryEstimate.of(folders.resolve(model), length);
      out.println(demand.sentence());
      demand.checkFits(MemoryEstimate.memory());
      out.printf(
          Locale.ROOT,
          "A step takes about %.2g s on %d threads.%n",
          demand.seconds(threads),
          threads);
    }
    out.flush();
  }

  private static void list(ModelFolders folders, PrintWriter out) {
    folders.names().forEach(name -> out.printf("%-20s %s%n", name, folders.resolve(name)));
  }
}
