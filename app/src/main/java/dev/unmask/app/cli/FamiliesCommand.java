package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.run.TrainingRun;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains families of generative models on one data set, and measures them. */
@Command(
    name = "families",
    description = {
      "Trains generative models of several families on the same points of the plane, whose density"
          + " is known, and prints a line for each: its name, then words that name the figures"
          + " behind them.",
      "kl is KL(data || model) and nll the mean of -log p of held-out points, both in nats. Where a"
          + " model knows only a bound, both begin with <=; where it knows no likelihood, nll is"
          + " none and kl is estimated from samples, as sampled-kl is of every family: both"
          + " densities blurred by 0.15 and summed over a lattice. modes is how many heaps of the"
          + " data have at least a quarter of the samples that they should have.",
      "Without --train it lists families and data."
    },
    showDefaultValues = true)
final class FamiliesCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "ring",
      description = "What is learned: a name, or points as in points:0.5,1;-0.25,0.")
  private String data;

  @Option(
      names = "--train",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      paramLabel = "FAMILY",
      description = "Which families, with commas between them, or all.")
  private List<String> train = List.of();

  @Option(
      names = "--steps",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "Steps of training of each, if not its own number.")
  private Integer steps;

  @Option(
      names = "--frames",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "How many states of each training are recorded.")
  private int frames = Family.FRAMES;

  @Option(names = "--seed", paramLabel = "K", description = "Of weights, points and noise.")
  private long seed;

  @Option(
      names = "--set",
      parameterConsumer = OptionValues.Settings.class,
      showDefaultValue = Visibility.NEVER,
      paramLabel = "FAMILY.KEY=VALUE",
      description = "Changes a setting of a family; may be given again.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the trainings are recorded, as FAMILY-NAME" + TraceFile.EXTENSION + ".")
  private Path out;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "Of each training; its result does not depend on it.")
  private int threads = 1;

  @Option(names = "--list", description = "Lists families and data, and trains nothing.")
  private boolean list;

  @Spec private CommandSpec spec;

  /** One family and what was asked of it. */
  private record Job(Family family, Settings settings, Optional<Path> file) {}

  @Override
  public Integer call() {
    DataSet learned = DataSet.named(data);
    if (list || train.isEmpty()) {
      list();
      return 0;
    }
    for (Job job : jobs(learned)) {
      train(job, learned);
    }
    return 0;
  }

  private List<Job> jobs(DataSet learned) {
    List<Family> families =
        train.equals(List.of("all"))
            ? Families.ALL
            : train.stream().distinct().map(Families::named).toList();
    checkSettings(families);
    if (out != null) {
      make(out);
    }
    String points = learned.word().replaceFirst(":.*", "");
    return families.stream()
        .map(
            family ->
                new Job(
                    family,
                    settings(family),
                    Optional.ofNullable(out)
                        .map(
                            folder ->
                                folder.resolve(
                                    family.name() + "-" + points + TraceFile.EXTENSION))))
        .toList();
  }

  private void checkSettings(List<Family> families) {
    for (String name : settings.keySet()) {
      if (families.stream().noneMatch(family -> name.startsWith(family.name() + "."))) {
        throw new SettingException(
            name,
            "The setting '%s' is of no family that is trained; write it as in gan.loss=wasserstein."
                .formatted(name));
      }
    }
  }

  private Settings settings(Family family) {
    String prefix = family.name() + ".";
    Map<String, String> own = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), value);
          }
        });
    return Settings.of(family.settings(), own);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          "The folder %s cannot be made (%s); give another one.".formatted(folder, e.getMessage()),
          e);
    }
  }

  private void train(Job job, DataSet learned) {
    Family family = job.family();
    int all = steps == null ? family.steps() : steps;
    var output =
        new TrainingOutput(job.file(), spec.commandLine().getOut(), spec.commandLine().getErr());
    output.of(
        family,
        () ->
            TrainingRun.start(
                family.model(threads), learned.word(), job.settings(), seed, all, frames));
  }

  private void list() {
    for (Family.Place place : Family.Place.values()) {
      print("Families of " + place.words());
      print("");
      Families.ALL.stream().filter(family -> family.place() == place).forEach(this::list);
    }
    print("Data");
    print("");
    for (PlaneData each : PlaneData.values()) {
      print("  %-12s %s".formatted(each.word(), each.title()));
    }
  }

  private void list(Family family) {
    print(
        "%s: %s (%d, %s)".formatted(family.name(), family.title(), family.year(), family.paper()));
    print("  " + family.summary());
    family.settings().stream()
        .map(
            s ->
                "  %-16s %s (default %s; %s)"
                    .formatted(s.name(), s.meaning(), s.fallback(), s.range()))
        .forEach(this::print);
    print("");
  }

  private void print(String line) {
    PrintWriter print = spec.commandLine().getOut();
    print.println(line);
    print.flush();
  }
}
