package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Examination;
import dev.unmask.engine.corruption.ForwardTrace;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.corruption.SampleText;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The forward process in the terminal. */
@Command(
    name = "corrupt",
    description = {
      "Corrupts a text up to a time t and prints what is left of it last; or images.",
      "The same seed corrupts the same tokens at any t, and more of them later."
    },
    showDefaultValues = true)
final class CorruptCommand implements Callable<Integer> {
  private static final String TEXT_MODEL = "stories";

  /** Of the bundled ones that a run can go back by from uniform noise. */
  private static final String UNIFORM_MODEL = "stories-uniform";

  @Parameters(
      arity = "0..1",
      paramLabel = "TEXT|FILE",
      description = "A text, or a file with one; D3PM's caterpillar if nothing is given.")
  private String text = SampleText.CATERPILLAR.text();

  @Option(
      names = "--model",
      paramLabel = "NAME|FOLDER|URL",
      description = {
        "The model whose tokens they are, or letters; if not given " + TEXT_MODEL + ", for uniform",
        "noise "
            + UNIFORM_MODEL
            + ", and with --image the model whose size they get, "
            + ImageJob.MODEL
            + "."
      })
  private String model;

  @Option(
      names = "--noise",
      paramLabel = "KIND",
      description = {
        "absorbing, uniform, gaussian or nearest-neighbour; of images vp-linear, vp-cosine,"
            + " vp-even,",
        "sub-vp, ve, flow or masking. The first of each if not given."
      })
  private String noise;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "log-linear, cosine, maskgit-cosine, geometric, reciprocal, linear-betas, cosine-betas or"
              + " mutual-information.")
  private String schedule = Noise.PLAIN.schedule().word();

  @Option(names = "--t", paramLabel = "T", description = "From 0, clean, to 1, noise.")
  private double t = 0.5;

  @Option(
      names = "--steps",
      converter = OptionValues.Size.class,
      paramLabel = "S",
      description = "Into which the time is cut.")
  private int steps = Noise.PLAIN.steps();

  @Option(
      names = "--neighbours",
      converter = OptionValues.Size.class,
      paramLabel = "K",
      description = "That a token has, for nearest-neighbour noise.")
  private int neighbours = Noise.PLAIN.neighbours();

  @Option(names = "--seed", paramLabel = "K", description = "Another seed corrupts other tokens.")
  private long seed = 1;

  @Option(
      names = "--ask",
      converter = OptionValues.FromZero.class,
      paramLabel = "N",
      description = "Asks the model what was there, of N draws, and tells how well it answers.")
  private int draws;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Writes all steps up to t; `unmask run --from FILE` goes back.")
  private Path trace;

  @ArgGroup(validate = false, heading = "For images:%n")
  private final ImageOptions ofImages = new ImageOptions();

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  private static final class ImageOptions {
    @Option(
        names = "--image",
        paramLabel = "PICTURE|TRACE|N|NAME",
        description = {
          "A picture's file, the images that a recorded run ended with, or one that the model"
              + " knows."
        })
    private String image;

    @Option(names = "--out", paramLabel = "PICTURE.png", description = "Paints what is left.")
    private Path out;
  }

  @Override
  public Integer call() {
    if (!(t >= 0 && t <= 1)) {
      throw new InputException("The time --t is %s; give one from 0 to 1.".formatted(t));
    }
    if (ofImages.image == null) {
      corruptText();
    } else {
      corruptImages();
    }
    return 0;
  }

  private void corruptImages() {
    if (steps < 1 || draws != 0) {
      throw new InputException(
          "Images need --steps from 1, and --ask is for texts alone; give neither.");
    }
    var output =
        new ImageOutput(
            Optional.ofNullable(trace),
            Optional.ofNullable(ofImages.out),
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    ProcessKind process = noise == null ? ProcessKind.VP_LINEAR : ProcessKind.of(noise);
    new PictureCorruption(
            Objects.requireNonNullElse(model, ImageJob.MODEL), process, steps, step(), seed, output)
        .run(ofImages.image);
  }

  private void corruptText() {
    Optional.ofNullable(trace).ifPresent(AtomicFile::check);
    NoiseKind kind = noise == null ? Noise.PLAIN.kind() : Noise.kind(noise);
    var chosen = new Noise(kind, NoiseSchedule.of(schedule), steps, neighbours);
    String usual = kind == NoiseKind.UNIFORM ? UNIFORM_MODEL : TEXT_MODEL;
    String name = Objects.requireNonNullElse(model, usual);
    if (draws < 0 || draws > 0 && name.equals(Alphabet.LETTERS)) {
      throw new InputException(
          "--ask is %d for %s; give a number of draws from 0, and a model that can be asked."
              .formatted(draws, name));
    }
    if (name.equals(Alphabet.LETTERS)) {
      corrupt(Alphabet.letters(), chosen);
      return;
    }
    ModelFolders folders = new ModelFolders(Assets.models());
    int threads = Runtime.getRuntime().availableProcessors();
    try (Model opened = RemoteModel.open(folders, name, threads)) {
      TokenCorruption corruption =
          corrupt(Alphabet.of(opened, () -> folders.resolve(name)), chosen);
      if (draws > 0) {
        ask(opened, chosen, corruption);
      }
    }
  }

  private TokenCorruption corrupt(Alphabet alphabet, Noise chosen) {
    TokenCorruption corruption = chosen.of(alphabet, given(), seed);
    Trace<TokenState, TokenRecord> forward =
        ForwardTrace.of(alphabet, chosen, corruption, seed, step());
    if (trace != null) {
      TraceFile.write(trace, forward);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(summary(chosen, corruption));
    out.print(new TerminalPicture(forward.header(), false).of(forward, forward.steps()));
    out.println();
    out.flush();
    return corruption;
  }

  private int step() {
    return (int) Math.round(t * steps);
  }

  private String summary(Noise chosen, TokenCorruption corruption) {
    int length = corruption.clean().length;
    return String.format(
        Locale.ROOT,
        "%s · t %.3f · %d of %d tokens corrupted, %.1f expected · alpha %.4f · signal to noise"
            + " %.4g",
        chosen.words(),
        (double) step() / steps,
        Math.round(corruption.corrupted(step()) * length),
        length,
        corruption.expectedCorrupted(step()) * length,
        corruption.alpha(step()),
        corruption.signalToNoise(step()));
  }

  private void ask(Model opened, Noise chosen, TokenCorruption corruption) {
    if (step() == 0) {
      throw new InputException("At t 0 nothing is corrupted to ask about; raise --t.");
    }
    List<Examination> answers =
        IntStream.range(0, draws)
            .mapToObj(
                draw ->
                    Examination.of(
                        opened.denoiser(),
                        opened.vocabulary(),
                        chosen.kind(),
                        corruption.withSeed(seed + draw),
                        step()))
            .toList();
    spec.commandLine().getOut().println(Examination.summary(answers));
    spec.commandLine().getOut().flush();
  }

  /** The argument, or what is in the file of that name. */
  private String given() {
    try {
      Path file = Path.of(text);
      return Files.isRegularFile(file) ? Files.readString(file) : text;
    } catch (InvalidPathException _) {
      // A text may hold what no path can.
      return text;
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); give a file of text in UTF-8.".formatted(text, e), e);
    }
  }
}
