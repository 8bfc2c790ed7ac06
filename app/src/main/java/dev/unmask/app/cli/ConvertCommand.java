package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.convert.Choices;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.convert.Imported;
import dev.unmask.engine.run.Replay;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A trace out of another tool's file. */
@Command(
    name = "convert",
    description = {
      "Makes a trace of what another tool wrote, and says what is not in it.",
      "Read are: diffusers' trajectories (JSON); lists of states such as the histories of dllm, Dream"
          + " and LaViDa (NPZ, NPY, JSON); x0_history with true_indices_history of Prophet and"
          + " DLM-Decoding-Analysis (NPZ, JSON); step_map or first_unmask_times with token_ids or"
          + " pieces, of dLLM-RL and SDAR (JSON); LLaDA's sample_process.txt; and lines of JSON, a"
          + " state each: {\"step\": 0, \"ids\": [...]}, if known with \"predicted\" and"
          + " \"confidence\".",
      "Pickles (.pt, .pkl, arrays of objects) can run code when they are read, so they are refused."
    },
    showDefaultValues = true)
final class ConvertCommand implements Callable<Integer> {
  /** A file of which more is strange is a wrong one altogether. */
  private static final int MOST_BREACHES = 10;

  @Parameters(index = "0", paramLabel = "IN", description = "What another tool wrote.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The trace.")
  private Path out;

  @Option(
      names = "--mask-id",
      converter = OptionValues.FromZero.class,
      paramLabel = "ID",
      description = "The token that is the mask.")
  private Integer maskId;

  @Option(
      names = "--prompt-length",
      converter = OptionValues.FromZero.class,
      paramLabel = "N",
      description = "Tokens of the prompt.")
  private Integer promptLength;

  @Option(
      names = "--row",
      converter = OptionValues.FromZero.class,
      paramLabel = "N",
      description = "Which sequence of a batch, from 0.")
  private int row;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME|PATH",
      description = "What the tokens look like: a model, its folder, or a tokenizer.json.")
  private String tokenizer;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    AtomicFile.check(out);
    Choices choices =
        new Choices(Optional.ofNullable(maskId), Optional.ofNullable(promptLength), row, texts());
    Imported imported = Conversion.read(in, choices);
    imported.write(out);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(
        "%s: %d states of %d tokens, from %s%n",
        out,
        imported.trace().steps() + 1,
        imported.trace().header().tokens().length(),
        imported.trace().header().source().orElseThrow());
    terminal.println("unknown: " + String.join(", ", imported.unknown()));
    tellBreaches(terminal, imported.trace());
    terminal.flush();
    return 0;
  }

  /** What no sampler does, whichever it was, is at least strange. */
  private static void tellBreaches(PrintWriter terminal, Trace<TokenState, TokenRecord> trace) {
    Replay replay = Replay.of(trace);
    IntStream.range(0, trace.steps())
        .boxed()
        .flatMap(step -> replay.moment(step).breaches().stream())
        .limit(MOST_BREACHES)
        .forEach(breach -> terminal.printf("step %d: %s%n", breach.step(), breach.sentence()));
  }

  private List<String> texts() {
    if (tokenizer == null) {
      return List.of();
    }
    Path path = Path.of(tokenizer);
    Path file =
        Files.isRegularFile(path)
            ? path
            : new ModelFolders(Assets.models()).resolve(tokenizer).resolve("tokenizer.json");
    try (Tokenizer opened = Tokenizer.open(file)) {
      return IntStream.range(0, opened.size()).mapToObj(opened::text).toList();
    }
  }
}
