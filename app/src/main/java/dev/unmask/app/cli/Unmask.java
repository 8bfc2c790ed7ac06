package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.app.export.Export;
import dev.unmask.app.export.ExportProgress;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.TraceSource;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.Fault;
import dev.unmask.app.session.Home;
import dev.unmask.app.session.Log;
import dev.unmask.app.session.RunRequest;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TraceHeader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The root command: the window on a running example, or the same run in the terminal where there is
 * no display.
 */
@Command(
    name = "unmask",
    version = "unmask " + TraceHeader.VERSION,
    description =
        "Watch, step through and debug the denoising of diffusion language models. Without a"
            + " command it opens the window.")
public final class Unmask implements Callable<Integer> {
  /** Exit code of a person's mistake. */
  static final int MISTAKE = 2;

  /** Exit code of a fault of the program. */
  private static final int FAULT = 70;

  private static final List<Class<?>> COMMANDS =
      List.of(
          OpenCommand.class,
          RunCommand.class,
          ImageCommand.class,
          CorruptCommand.class,
          ModelsCommand.class,
          DevicesCommand.class,
          SamplersCommand.class,
          VerifyCommand.class,
          CheckCommand.class,
          CompareCommand.class,
          BranchCommand.class,
          ExportCommand.class,
          ConvertCommand.class,
          BenchCommand.class,
          EvaluateCommand.class,
          ServeCommand.class,
          TokenizerCommand.class,
          TrainCommand.class,
          FamiliesCommand.class);

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean version;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = {
        "What the program keeps for itself; the variable "
            + Home.VARIABLE
            + " if not given, else ~/.unmask."
      })
  private Path home;

  @Mixin private DeviceOption device;

  @Option(
      names = "--frames",
      paramLabel = "FOLDER",
      description = "Where the frames of the example go if there is no display.")
  private Path frames;

  @Spec private CommandSpec spec;

  private final Window window;

  private Unmask(Window window) {
    this.window = window;
  }

  /** The command line where there is no window. */
  public static CommandLine commandLine() {
    return commandLine(Window.NONE, _ -> true);
  }

  /**
   * The command line, with its errors in one sentence each.
   *
   * @param wanted by its name, whether a command is to be read whole; of others it knows no more
   *     than its own help says of them, because reading all takes longer than most commands
   */
  static CommandLine commandLine(Window window, Predicate<String> wanted) {
    CommandLine line = new CommandLine(new Unmask(window));
    for (Class<?> command : COMMANDS) {
      Command words = command.getAnnotation(Command.class);
      boolean whole =
          Stream.concat(Stream.of(words.name()), Stream.of(words.aliases())).anyMatch(wanted);
      line.addSubcommand(whole ? new CommandLine(command) : brief(words));
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // A text may begin with an @.
    line.setExpandAtFiles(false);
    // Options in groups are never told of, so all are checked alike: Mistake.checkOnce.
    line.setOverwrittenOptionsAllowed(true);
    OptionValues.teach(line);
    line.setParameterExceptionHandler((e, _) -> mistake(e.getCommandLine(), e));
    line.setExecutionStrategy(Unmask::execute);
    line.setExecutionExceptionHandler(
        (e, command, _) -> {
          command.getErr().println(Fault.sentence(e));
          return e instanceof InputException ? MISTAKE : FAULT;
        });
    return line;
  }

  private static CommandSpec brief(Command words) {
    CommandSpec spec = CommandSpec.create().name(words.name()).aliases(words.aliases());
    spec.usageMessage().description(words.description());
    return spec;
  }

  /** Does what the arguments say, whatever is thrown; the exit code. */
  public static int execute(Window window, String... args) {
    CommandLine line = commandLine(window, List.of(args)::contains);
    Log.keepIn(() -> home(line.getCommandSpec()).log());
    try {
      return line.execute(args);
    } catch (Error e) {
      // The command line tells exceptions only.
      tell(Fault.sentence(e));
      return FAULT;
    }
  }

  /** Says a sentence on the terminal, where no command says it. */
  public static void tell(String sentence) {
    System.err.println(Terminal.line(sentence));
  }

  /** What opens the window. */
  static Window window(CommandSpec spec) {
    return ((Unmask) spec.root().userObject()).window;
  }

  /** The folder that is the program's own, as the user wants it. */
  static Home home(CommandSpec spec) {
    Unmask root = (Unmask) spec.root().userObject();
    return Home.of(Optional.ofNullable(root.home), System.getenv());
  }

  /** Help is coloured by itself, and nothing in it comes from outside. */
  private static int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    Mistake.checkOnce(parsed);
    CommandLine line = parsed.commandSpec().commandLine();
    line.setOut(Terminal.of(line.getOut()));
    line.setErr(Terminal.of(line.getErr()));
    CommandLine command = parsed.asCommandLineList().getLast();
    OptionValues.Threads.obey(command.getCommandSpec());
    DeviceOption.obey(command);
    try {
      return new RunLast().execute(parsed);
    } finally {
      // What a command printed last without ending a line would be lost with the program.
      line.getOut().flush();
      line.getErr().flush();
    }
  }

  private static int mistake(CommandLine command, ParameterException e) {
    Terminal err = Terminal.of(command.getErr());
    err.println(Mistake.sentence(e));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return MISTAKE;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (Window.canBeSeen()) {
      window.show(home(spec), Optional.empty());
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("There is no display, so the example runs here in the terminal.");
    out.flush();
    RunRequest example = RunRequest.EXAMPLE;
    Path folder = new ModelFolders(Assets.models()).resolve(example.model());
    try (Model model = Model.open(folder, Runtime.getRuntime().availableProcessors())) {
      TokenRun run = example.start(model, SamplerPermission.NONE);
      TerminalPlayer.on(out).play(run, _ -> {});
      if (frames != null) {
        var source = new TraceSource(example.model(), "");
        var export = new Export(History.of(run.trace()), source, ExportSettings.DEFAULT);
        int written = export.write(frames, false, ExportProgress.NONE);
        out.printf("%d frames in %s%n", written, frames);
      }
    }
    return 0;
  }
}
