package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.evaluation.ImageSampling;
import dev.unmask.engine.evaluation.KneserNeyTrigram;
import dev.unmask.engine.evaluation.TextBound;
import dev.unmask.engine.evaluation.WindowBound;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.training.Corpus;
import dev.unmask.engine.training.LabelledImages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores a model on a text or on images, or a baseline on a text's tokens. */
@Command(
    name = "evaluate",
    description = {
      "Estimates the bound on a text's negative log-likelihood under a model, in nats a token.",
      "The text is cut into windows of the model's context, none across documents; each document's"
          + " end token counts.",
      "Of a model of images, the Fréchet distance of its samples to images it was not trained on."
    },
    showDefaultValues = true)
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = "A bundled model's name, a model folder, or where a model of texts is served.")
  private String name;

  @Parameters(
      paramLabel = "DATA",
      description = {
        "A .txt or .gz file, where a line <|endoftext|> separates documents;",
        "or images in MNIST's format."
      })
  private Path data;

  @Option(
      names = "--samples",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description =
          "How many times each window is noised (2), or images to draw (1000); at least 2.")
  private Integer samples;

  @Option(names = "--seed", paramLabel = "K", defaultValue = "0")
  private long seed;

  @Option(
      names = "--baseline",
      arity = "2",
      paramLabel = "KIND|FILE",
      description = "trigram FILE: scores a Kneser-Ney trigram of FILE on the model's tokens.")
  private List<String> baseline;

  @ArgGroup(validate = false, heading = "For a model of images:%n")
  private final ImageOptions ofImages = new ImageOptions();

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  private static final class ImageOptions {
    @Option(names = "--labels", paramLabel = "FILE", description = "The images' classes.")
    private Path labels;

    @Option(
        names = "--classifier",
        paramLabel = "MODEL",
        defaultValue = "fashion",
        description = "A bundled classifier's name, or its folder: its features are compared.")
    private String classifier;

    @Option(
        names = "--steps",
        converter = OptionValues.Size.class,
        paramLabel = "N",
        defaultValue = "50",
        description = "Of DDIM.")
    private int steps;

    @Option(
        names = "--guidance",
        paramLabel = "W",
        defaultValue = "0",
        description = "How far samples are pushed towards their class; 0 is not at all.")
    private double guidance;
  }

  @Override
  public Integer call() {
    if (baseline != null && baseline.size() > 2) {
      throw new InputException(Mistake.twice("--baseline"));
    }
    ModelFolders folders = new ModelFolders(Assets.models());
    if (ofImages.labels == null) {
      evaluateText(folders);
    } else {
      evaluateImages(folders);
    }
    return 0;
  }

  private int samples(int usual) {
    int wanted = samples == null ? usual : samples;
    if (wanted < 2) {
      throw new InputException("The number of samples is %d; give at least 2.".formatted(wanted));
    }
    return wanted;
  }

  private void evaluateText(ModelFolders folders) {
    samples = samples(2);
    int threads = Runtime.getRuntime().availableProcessors();
    try (Model model = RemoteModel.open(folders, name, threads)) {
      List<int[]> windows = TextBound.windows(read(data, model), model.denoiser().contextLength());
      TextBound bound = baseline == null ? bound(model, windows) : trigram(model, windows);
      print(spec.commandLine().getOut(), windows.size(), bound);
    }
  }

  private void evaluateImages(ModelFolders folders) {
    var sampling = new ImageSampling(ofImages.steps, ofImages.guidance, seed);
    Supplier<Path> classifier = () -> folders.classifiers().resolve(ofImages.classifier);
    new ImageEvaluation(classifier, sampling, samples(1000), spec.commandLine().getOut())
        .print(folders.images().resolve(name), LabelledImages.read(data, ofImages.labels));
  }

  private static List<int[]> read(Path file, Model model) {
    int[] ends = model.vocabulary().endIds();
    if (ends.length == 0) {
      throw new InputException(
          "The model %s has no token that ends a text, so no documents can be told apart; choose another."
              .formatted(model.name()));
    }
    List<int[]> documents = Corpus.read(file, model.tokenizer(), ends[0]).documents();
    if (documents.isEmpty()) {
      throw new InputException(file + " holds no document; give a text.");
    }
    return documents;
  }

  private TextBound bound(Model model, List<int[]> windows) {
    WindowBound kind = WindowBound.of(model.denoiser(), model.vocabulary());
    spec.commandLine()
        .getOut()
        .printf("%s; %d samples of each window, seed %d%n", kind.words(), samples, seed);
    return TextBound.estimate(model.denoiser(), kind, windows, samples, seed);
  }

  /** A trigram's likelihood is exact. */
  private TextBound trigram(Model model, List<int[]> windows) {
    if (!baseline.getFirst().equals("trigram")) {
      throw new InputException(
          "There is no baseline '%s'; there is trigram.".formatted(baseline.getFirst()));
    }
    KneserNeyTrigram trigram =
        KneserNeyTrigram.train(read(Path.of(baseline.getLast()), model), model.vocabulary().size());
    long tokens = windows.stream().mapToLong(window -> window.length).sum();
    double nats = -windows.stream().mapToDouble(trigram::logLikelihood).sum();
    return new TextBound(nats / tokens, 0, tokens);
  }

  private void print(PrintWriter out, int windows, TextBound bound) {
    long characters = Corpus.texts(data).mapToLong(document -> document.codePoints().count()).sum();
    double bits = bound.natsPerToken() * bound.tokens() / StrictMath.log(2) / characters;
    out.printf("%d tokens in %d windows, %d characters%n", bound.tokens(), windows, characters);
    out.printf("perplexity %.2f%n", StrictMath.exp(bound.natsPerToken()));
    out.printf("bits/character %.4f%n", bits);
    out.printf("nats/token %.4f ± %.4f%n", bound.natsPerToken(), bound.standardError());
    out.flush();
  }
}
