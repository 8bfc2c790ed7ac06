package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.app.session.RunRequest;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.Mark;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what a sampler costs on a model, with one setting or two in turn. */
@Command(
    name = "bench",
    description = {
      "Measures what a run costs: milliseconds a step, tokens a second, NFE, the share of each"
          + " part, and how much of its cores' peak the model's products reach.",
      "With --against, runs with two settings take turns, A B A B, and B is compared with A.",
      "Numbers are the medians of the runs, after one of each that does not count."
    },
    subcommands = {
      StartBenchCommand.class,
      WindowBenchCommand.class,
      ExportBenchCommand.class,
      ImageBenchCommand.class,
      PeersBenchCommand.class
    },
    showDefaultValues = true)
final class BenchCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SAMPLER",
      description = "One of `unmask samplers`.")
  private String sampler;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "A bundled model's name, a model folder, or where a model is served.")
  private String model = RunRequest.PLAIN.model();

  @Option(
      names = "--set",
      parameterConsumer = OptionValues.Settings.class,
      paramLabel = "KEY=VALUE",
      description = "A setting of the sampler; may be given again.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--against",
      parameterConsumer = OptionValues.Settings.class,
      paramLabel = "KEY=VALUE",
      description = "A setting that B has in place of A's; may be given again.")
  private Map<String, String> against = new LinkedHashMap<>();

  @Option(
      names = "--length",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "Of the sequence, in tokens; the model's context, at most 64, if not given.")
  private Integer length;

  @Option(names = "--steps", paramLabel = "S", description = "Short for --set steps=S.")
  private String steps;

  @Option(
      names = "--runs",
      converter = OptionValues.FromOne.class,
      paramLabel = "N",
      description = "Runs of each setting that count.")
  private int runs = 5;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "That the model computes on.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (sampler == null) {
      Terminal.of(out).control(spec.commandLine().getUsageMessage());
      return 0;
    }
    if (steps != null && set.put("steps", steps) != null) {
      throw new InputException(Mistake.twice("--steps"));
    }
    Map<String, String> other = new LinkedHashMap<>(set);
    other.putAll(against);
    try (Model opened = RemoteModel.open(new ModelFolders(Assets.models()), model, threads)) {
      var benchmark = new RunBenchmark(runs, threads);
      RunRequest request = request(opened, set);
      RunRequest changed = request(opened, other);
      String figures =
          against.isEmpty()
              ? benchmark.measure(() -> begin(request, opened))
              : benchmark.compare(() -> begin(request, opened), () -> begin(changed, opened));
      out.printf(
          "%s on %s, %d positions, %d threads; medians of %d runs%n",
          sampler, opened.name(), request.length(), threads, runs);
      out.print(benchmark.kernels());
      out.print(figures);
      out.flush();
    }
    return 0;
  }

  /** What was not given is the sampler's to write. */
  private static RunBenchmark.Begun begin(RunRequest request, Model opened) {
    TokenRun run = request.start(opened, SamplerPermission.named(request.sampler()));
    byte[] marks = run.state().marks();
    long free = IntStream.range(0, marks.length).filter(i -> !Mark.given(marks[i])).count();
    return new RunBenchmark.Begun(run, (int) free, "tokens");
  }

  private RunRequest request(Model opened, Map<String, String> settings) {
    int fitting = Math.min(RunRequest.PLAIN.length(), opened.denoiser().contextLength());
    return new RunRequest(
        model,
        "",
        length == null ? fitting : length,
        sampler,
        Map.copyOf(settings),
        RunRequest.PLAIN.seed());
  }
}
