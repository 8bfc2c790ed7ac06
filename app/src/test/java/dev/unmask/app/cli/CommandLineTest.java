package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.export.ExportFormat;
import dev.unmask.app.export.ExportFormats;
import dev.unmask.app.session.Fault;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.TraceKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger FAULTS = Logger.getLogger(Fault.class.getName());

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"absorbing, log-linear", "uniform, cosine", "uniform, reciprocal"})
  void whatWasCorruptedIsDenoisedFromThereAndCompared(String noise, String schedule) {
    String trace = folder.resolve("forward.trace.safetensors").toString();
    int code =
        run(
            "corrupt",
            "the old cat chases the dog",
            "--model=sentences",
            "--noise=" + noise,
            "--schedule=" + schedule,
            "--t=0.75",
            "--ask=3",
            "--trace=" + trace);
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).contains(noise + " · " + schedule, "of 6 tokens", "3 draws");
    assertThat(run("run", "--from=" + trace)).isZero();
    assertThat(out.toString())
        .contains("original: the old cat chases the dog")
        .containsPattern("\\d of 6 tokens kept, \\d came back, \\d changed\\.");
  }

  @Test
  void theSamplerThatWasNamedGoesBackAndTheTextIsTheFiles() {
    String trace = folder.resolve("forward.trace.safetensors").toString();
    String back = folder.resolve("back.trace.safetensors").toString();
    run("corrupt", "the old cat chases the dog", "--model=sentences", "--trace=" + trace);
    assertThat(run("run", "--from=" + trace, "--sampler=llada", "--trace=" + back)).isZero();
    try (var recorded = TraceKind.TOKENS.open(Path.of(back))) {
      assertThat(recorded.header().segments().getFirst().sampler()).isEqualTo("llada");
    }
    assertThat(run("run", "--from=" + trace, "--prompt=a")).isEqualTo(2);
    assertThat(err.toString()).contains("so --prompt says nothing");
  }

  @Test
  void theThreadsOfACommandAreAllThatThePoolOfTheMachineHas() {
    String property = "java.util.concurrent.ForkJoinPool.common.parallelism";
    Callable<Integer> nothing = () -> 0;
    CommandLine line = Unmask.commandLine();
    var spec = CommandLine.Model.CommandSpec.wrapWithoutInspection(nothing);
    spec.addOption(CommandLine.Model.OptionSpec.builder("--threads").type(int.class).build());
    line.addSubcommand("work", spec);
    try {
      assertThat(line.execute("work", "--threads=1")).isZero();
      assertThat(System.getProperty(property)).isEqualTo("0");
      line.execute("work", "--threads=3");
      assertThat(System.getProperty(property)).isEqualTo("2");
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void aFaultOfTheProgramIsOneSentenceAndNoStackTrace() {
    FAULTS.setLevel(Level.OFF);
    Callable<Integer> broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    CommandLine line = Unmask.commandLine();
    line.addSubcommand("broken", CommandLine.Model.CommandSpec.wrapWithoutInspection(broken));
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("broken")).isEqualTo(70);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("a fault in the program (IllegalStateException: broken)", "the log");
  }

  @Test
  void theKernelsThatComputeAreNamed() {
    assertThat(run("devices")).isZero();
    assertThat(out.toString())
        .containsPattern("own kernels compute there, version \\d+, in registers of \\d+ bits")
        .containsPattern("Processor: .+ cores")
        .containsPattern("peak is \\d+ GFLOP/s")
        .contains("Graphics card: ")
        .contains("Chosen: the CPU, for no card was asked for.")
        .contains("With --device cuda: Computing language models on the ");
  }

  @Test
  void aCardThatIsAskedForAndCannotBeHadIsToldAndTheCpuComputes() {
    try {
      assertThat(run("run", "--device=cuda", "--quiet", "--steps=1", "--length=4")).isZero();
      assertThat(err.toString())
          .containsOnlyOnce("Computing language models on the CPU: ND4J's libraries");
    } finally {
      System.clearProperty("unmask.device");
    }
  }

  @Test
  void aDeviceThatIsNoneIsRefused() {
    assertThat(run("run", "--device=gpu")).isEqualTo(2);
    assertThat(err.toString()).contains("--device is 'gpu'; give one of cpu, cuda.");
    System.setProperty("unmask.device", "tpu");
    try {
      assertThat(run("run", "--steps=1")).isEqualTo(2);
      assertThat(err.toString()).contains("unmask.device is 'tpu'; give cpu or cuda.");
    } finally {
      System.clearProperty("unmask.device");
    }
  }

  @Test
  void lettersCanBeCorruptedWithoutAModel() {
    run("corrupt", "a butterfly", "--model=letters", "--noise=gaussian", "--t=0.25");
    assertThat(out.toString()).contains("of 11 tokens corrupted");
  }

  @Test
  void aDeviceIsRefusedBeforeTheRun() {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/null")));
    assertThat(run("run", "--model=nope", "--trace=/dev/null")).isEqualTo(2);
    assertThat(err.toString()).contains("/dev/null cannot be written, since it is a device");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --model nope                      | neither a bundled model",
        "run --steps 7 --block 16              | multiple of 4",
        "run --block 7                         | does not divide",
        "run --chat                            | no chat template",
        "models nope                           | neither a bundled model",
        "run --set foo=1                       | no setting 'foo'",
        "run --temperature hot                 | temperature is 'hot'",
        "run --length 65                       | at most 64",
        "run --length 0                        | --length is '0'; give a whole number from 1",
        "run --length 2 --prompt Once_upon_a   | leaves nothing to fill",
        "run --sampler x                       | no sampler 'x'",
        "run --random dice                     | no random generator 'dice'",
        "run --seed x                          | --seed is 'x'; give a whole number",
        "run --quiet --trace FOLDER/no/a       | cannot be written",
        "run --model nope --trace FOLDER       | since it is a folder",
        "run --model nope --trace FOLDER/no/a  | its folder is not there",
        "branch FOLDER/nope --at 3 --trace FOLDER  | since it is a folder",
        "image --model nope --trace FOLDER     | since it is a folder",
        "image --model nope --out FOLDER/no/a.png  | its folder is not there",
        "corrupt a --model nope --trace FOLDER | since it is a folder",
        "corrupt --image 0 --model nope --trace FOLDER | since it is a folder",
        "convert FOLDER/nope FOLDER            | since it is a folder",
        "tokenizer FOLDER/nope FOLDER          | since it is a folder",
        "export FOLDER/nope FOLDER/no/a.gif    | is not a file",
        "frames FOLDER/nope FOLDER/frames      | is not a file",
        "frames FOLDER/nope FOLDER --size 3x   | not a size",
        "export FOLDER/nope FOLDER/a.doc       | ends in no format",
        "export FOLDER/nope FOLDER/a.png --fps 8 | --fps is not used, since a .png shows one step",
        "export FOLDER/nope FOLDER/a.svg --from 1 | --from is not used, since a .svg shows one"
            + " step",
        "export FOLDER/nope FOLDER/a.gif --step 1 --hold 2 | since one step is exported",
        "export FOLDER/nope FOLDER/a.gif --step 1 --to 2 | give one or the other",
        "export FOLDER/nope FOLDER/a.gif --easing smooth | no frame lies between steps",
        "export FOLDER/nope FOLDER/a.gif --like FOLDER/b | cannot be read",
        "open FOLDER/nope                      | is not a file",
        "verify FOLDER/nope                    | is not there",
        "evaluate stories FOLDER/nope          | cannot be read",
        "evaluate nope FOLDER/nope             | neither a bundled model",
        "tokenizer FOLDER/nope FOLDER/t.json   | cannot be read",
        "train --data x --tokenizer x --out x --heads 7 | multiple of 14",
        "train --data x --tokenizer x --out x --rate 7  | rate is 7.0",
        "bench nope                            | no sampler 'nope'",
        "bench llada nope                      | neither a bundled model",
        "bench llada --runs 0                  | --runs is '0'; give a whole number from 1",
        "bench llada --length 4 --against foo=1 | no setting 'foo'",
        "bench peers nope                      | no work 'nope' to compare by; there are block-256",
        "run --break jump                      | 'jump' is no event",
        "compare FOLDER/nope FOLDER/nope       | is not a file",
        "convert FOLDER/nope FOLDER/out        | is not a file",
        "convert FOLDER FOLDER/out --row -1    | --row is '-1'; give a whole number from 0",
        "run --model http://127.0.0.1          | is no address of a served model",
        "run --model http://127.0.0.1:1/m      | did not answer in 3 attempts (no connection)",
        "serve nope                            | neither a bundled model",
        "branch FOLDER/nope --at 3             | is not a file",
        "train --data x --out x                | needs a file such as unmask tokenizer makes",
        "train --data x --out x --goal noise   | needs a file with the images' classes",
        "train --data x --tokenizer x --out x --goal y  | no goal 'y'",
        "corrupt a --noise pink                | no noise 'pink'",
        "corrupt a --schedule steep            | no schedule 'steep'",
        "corrupt a --t 2                       | --t is 2.0",
        "corrupt a --steps 0                   | --steps is '0'; give a whole number from 1",
        "corrupt a --noise gaussian            | values in order",
        "corrupt a --model stories --noise uniform --ask 1 | not made for uniform noise",
        "corrupt a --model letters --ask 1     | a model that can be asked",
        "corrupt a --ask -1                    | --ask is '-1'; give a whole number from 0",
        "run --from FOLDER/nope                | is not a file",
        "serve stories --port 99999            | from 0 to 65535",
        "bogus                                 | There is no command 'bogus'; there are open, run",
        "run --bogus                           | unmask run has no option '--bogus'",
        "compare a b c                         | unmask compare takes A and B and no 'c'",
        "samplers x                            | unmask samplers takes options alone and no 'x'",
        "bench llada stories x                 | unmask bench takes SAMPLER and MODEL and no 'x'",
        "evaluate                              | unmask evaluate needs MODEL",
        "branch x                              | unmask branch needs --at STEP",
        "run --seed                            | --seed is given no value; write it as --seed K",
        "run --set                             | --set is ''; write it as --set KEY=VALUE",
        "run --set steps                       | --set is 'steps'; write it as --set KEY=VALUE",
        "run --set steps=1 --set steps=2       | --set steps is given twice",
        "run --steps 4 --set steps=8           | --steps is given twice",
        "bench llada --steps 4 --set steps=8   | --steps is given twice",
        "bench llada --against a=1 --against a=1 | --against a is given twice",
        "image --steps 4 --set steps=8         | --steps is given twice",
        "run --length 2147483647               | --length is '2147483647'; give a whole number from"
            + " 1 to 1048576",
        "run --length 1048576                  | at most 64",
        "bench llada --length 1048576          | at most 64",
        "run --steps 2147483647                | steps is '2147483647', but it must be 0 to"
            + " 1048576",
        "bench llada --steps 1048577           | steps is '1048577', but it must be 0 to 1048576",
        "run --threads 100000                  | --threads is '100000'; give a whole number from 1"
            + " to 1024",
        "export a b --view c                   | --view is 'c'; give one of",
        "export a b --fps NaN                  | --fps is 'NaN'; give a number",
        "evaluate stories x --baseline trigram y --baseline trigram z | --baseline is given twice",
        "verify FOLDER                         | holds neither a trace nor a recording",
        "verify FOLDER/empty                   | is not there"
      })
  void aMistakeIsToldInOneSentenceAndExitsWithTwo(String line, String sentence) {
    int code = run(line.replace("FOLDER", folder.toString()).split(" +"));
    assertThat(code).isEqualTo(2);
    List<String> said = err.toString().lines().filter(l -> !l.startsWith("Try '")).toList();
    assertThat(said).singleElement().asString().contains(sentence);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theSameSeedWritesTheSameTraceOnAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one.trace.safetensors");
    Path two = folder.resolve("two.trace.safetensors");
    assertThat(record(one, "1")).isZero();
    assertThat(record(two, "2")).isZero();
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void aModelIsToldWhatItTakes() {
    assertThat(run("models", "stories", "--length", "32")).isZero();
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString()).contains("parameters in F16", "on 32 tokens", "A step takes about");
  }

  @Test
  void theLastLineIsPrintedEvenByAWriterThatKeepsItBack() {
    Path trace = folder.resolve("a.trace.safetensors");
    record(trace, "2");
    var printed = new ByteArrayOutputStream();
    CommandLine line = Unmask.commandLine();
    line.setOut(new PrintWriter(printed, false, StandardCharsets.UTF_8));
    assertThat(line.execute("verify", trace.toString())).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith(String.format("1 of 1 equal%n"));
  }

  @Test
  void aRecordedRunIsVerifiedAndPainted() throws IOException {
    Path trace = folder.resolve("a.trace.safetensors");
    record(trace, "2");
    assertThat(run("verify", trace.toString())).isZero();
    assertThat(out.toString()).contains("equal " + trace).endsWith(String.format("1 of 1 equal%n"));
    Path frames = folder.resolve("frames");
    assertThat(run("frames", trace.toString(), frames.toString(), "--size", "320x200")).isZero();
    try (Stream<Path> files = Files.list(frames)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "a.unmask-export.json",
              "a_0001.png",
              "a_0002.png",
              "a_0003.png",
              "a_0004.png",
              "a_0005.png");
    }
  }

  @Test
  void anExportedAnimationIsTheSameEveryTimeAndOpensInAnotherReader() throws IOException {
    String trace = folder.resolve("a.trace.safetensors").toString();
    record(Path.of(trace), "2");
    Path one = folder.resolve("one.apng");
    Path two = folder.resolve("two.apng");
    for (Path file : List.of(one, two)) {
      assertThat(run("export", trace, file.toString(), "--size", "320x200", "--from", "1"))
          .isZero();
    }
    Path again = folder.resolve("again.apng");
    String settings = one + ".unmask-export.json";
    assertThat(run("export", trace, again.toString(), "--like", settings)).isZero();
    assertThat(Files.mismatch(one, again)).isEqualTo(-1);
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
    assertThat(ImageIO.read(one.toFile()).getWidth()).isEqualTo(320);
    String bytes = Files.readString(one, StandardCharsets.ISO_8859_1);
    assertThat(bytes.split("fcTL", -1)).hasSize(1 + 4);
  }

  @Test
  void oneStepIsExportedAsItIsInTheRange() throws IOException {
    String trace = folder.resolve("a.trace.safetensors").toString();
    record(Path.of(trace), "3");
    Path step = folder.resolve("step.png");
    Path last = folder.resolve("last.png");
    assertThat(run("export", trace, step.toString(), "--step", "2", "--size", "320x200")).isZero();
    assertThat(run("export", trace, last.toString(), "--to", "2", "--size", "320x200")).isZero();
    assertThat(Files.mismatch(step, last)).isEqualTo(-1);
    Path folderOfOne = folder.resolve("frames");
    assertThat(run("export", trace, folderOfOne.toString(), "--step", "2", "--size", "320x200"))
        .isZero();
    assertThat(Files.mismatch(step, folderOfOne.resolve("a_0001.png"))).isEqualTo(-1);
    assertThat(folderOfOne.resolve("a_0002.png")).doesNotExist();
  }

  @Test
  void aMistakeInAnExportIsToldInOneSentenceAndLeavesNothing() {
    String trace = folder.resolve("a.trace.safetensors").toString();
    record(Path.of(trace), "2");
    String file = folder.resolve("a.png").toString();
    assertThat(run("export", trace, file, "--to", "9")).isEqualTo(2);
    assertThat(run("export", trace, file, "--to", "-1")).isEqualTo(2);
    assertThat(run("export", trace, file, "--fps", "0")).isEqualTo(2);
    assertThat(run("export", trace, folder.resolve("a.doc").toString())).isEqualTo(2);
    assertThat(run("export", trace, folder.resolve("no/a.png").toString())).isEqualTo(2);
    assertThat(err.toString().lines().filter(l -> !l.startsWith("Try '"))).hasSize(5);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void aBranchRepeatsItsParentButForTheChange() {
    String parent = folder.resolve("a.trace.safetensors").toString();
    String branch = folder.resolve("b.trace.safetensors").toString();
    record(Path.of(parent), "2");
    assertThat(run("branch", parent, "--at", "2", "--trace", branch)).isZero();
    assertThat(run("compare", parent, branch)).isZero();
    assertThat(out.toString()).endsWith(String.format("identical%n"));
    assertThat(run("branch", parent, "--at", "2", "--force", "9=#99", "--trace", branch)).isZero();
    assertThat(run("compare", parent, branch)).isZero();
    assertThat(out.toString()).endsWith(String.format("first divergence: step 2, position 9%n"));
  }

  @Test
  void aMistakeInABranchIsToldInOneSentence() {
    String parent = folder.resolve("a.trace.safetensors").toString();
    record(Path.of(parent), "2");
    assertThat(run("branch", parent, "--at", "5")).isEqualTo(2);
    assertThat(run("branch", parent, "--at", "2", "--force", "x")).isEqualTo(2);
    assertThat(run("branch", parent, "--at", "2", "--force", "9=a long story")).isEqualTo(2);
    assertThat(run("branch", parent, "--at", "2", "--set", "heat=1")).isEqualTo(2);
    assertThat(run("branch", parent, "--at", "2", "--force", "9=#7", "--remask", "9")).isEqualTo(2);
    assertThat(run("branch", parent, "--at", "2", "--out", "a.png")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "The trace has 4 steps and not 5; branch at one of 0 to 4.",
            "'x' is no position and token; write it as in 12=cat or 12=#345.",
            "'a long story' is 3 tokens of the model stories and not one; try it with a space"
                + " before it, or write # and an id.",
            "There is no setting 'heat'; there are steps, block, schedule, temperature, guidance,"
                + " remasking, logits-eos-inf, confidence-eos-eot-inf.",
            "The position 9 is given twice; give it once.",
            "--out paints images, and %s is a run of tokens; leave it out, or export the branch."
                .formatted(parent));
  }

  @Test
  void aRunStopsAtABreakpointAndKeepsItsTrace() {
    Path trace = folder.resolve("a.trace.safetensors");
    assertThat(
            run("run", "--break", "commit where step = 2", "--trace", trace.toString(), "--quiet"))
        .isZero();
    assertThat(out.toString()).startsWith("stopped at step 2: '");
    assertThat(trace).exists();
  }

  @Test
  void theFinalTextComesLast() {
    run("run", "--prompt", "Once upon a time", "--steps", "4");
    assertThat(out.toString()).startsWith("Once upon a time");
    assertThat(err.toString()).contains("step 4 of 4").contains("░");
  }

  @Test
  void whatARunCostsIsComparedWithTwoSettings() {
    String line = "bench fast-dllm stories --length 8 --runs 1 --set rule=quota --steps 8";
    assertThat(run((line + " --against steps=2").split(" "))).isZero();
    assertThat(out.toString().lines())
        .anyMatch(l -> l.matches("steps +8 +2 +0\\.250"))
        .anyMatch(l -> l.matches("NFE +8 +2 +0\\.250"))
        .anyMatch(l -> l.matches("ms a step( +[0-9.]+){3}"))
        .anyMatch(l -> l.matches("share of peak, %( +[0-9.]+){3}"))
        .anyMatch(
            l ->
                l.matches(
                    "kernels of version \\d+, registers of \\d+ bits; a core's peak is \\d+"
                        + " GFLOP/s"));
  }

  @Test
  void everyCommandHasHelp() {
    for (CommandLine command : Unmask.commandLine().getSubcommands().values()) {
      assertThat(run(command.getCommandName(), "--help")).as(command.getCommandName()).isZero();
    }
    assertThat(out.toString()).contains("Usage: unmask run");
  }

  @Test
  void theProgramsHelpIsTheSameWhereItsCommandsAreNotRead() {
    CommandLine unread = Unmask.commandLine(Window.NONE, _ -> false);
    assertThat(unread.getUsageMessage()).isEqualTo(Unmask.commandLine().getUsageMessage());
  }

  @Test
  void aCommandIsReadByAnyOfItsNames() {
    for (String name : List.of("export", "frames")) {
      CommandLine line = Unmask.commandLine(Window.NONE, name::equals);
      assertThat(line.getSubcommands().get("export").getCommandSpec().findOption("--fps"))
          .isNotNull();
      assertThat(line.getSubcommands().get("run").getCommandSpec().findOption("--seed")).isNull();
    }
  }

  @Test
  void theReadmeListsTheSamplersAsTheyDescribeThemselves() throws IOException {
    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains(SamplersCommand.table(Samplers.ALL), SamplersCommand.table(ImageSamplers.ALL));
  }

  @Test
  void theReadmeListsTheChecksAsTheyDescribeThemselves() throws IOException {
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(CheckCommand.table());
  }

  @Test
  void theReadmeAndTheHelpListTheFormatsAsTheyDescribeThemselves() throws IOException {
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(ExportCommand.table());
    assertThat(run("export", "--help")).isZero();
    for (ExportFormat format : ExportFormats.ALL) {
      assertThat(out.toString()).contains(format.ending(), format.description());
    }
  }

  private int record(Path file, String threads) {
    return run("run", "--quiet", "--steps", "4", "--threads", threads, "--trace", file.toString());
  }

  private int run(String... arguments) {
    return Unmask.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
