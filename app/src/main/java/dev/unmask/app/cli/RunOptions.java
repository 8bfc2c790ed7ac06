package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.app.session.RunRequest;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ChatTemplate;
import dev.unmask.engine.checkpoint.MemoryEstimate;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.corruption.Denoising;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.remote.RemoteAddress;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is run; each option that is not given is the plain run's. */
final class RunOptions {
  private static final String MODEL = "--model";

  @Option(
      names = MODEL,
      paramLabel = "NAME|FOLDER|URL",
      description = "A bundled model's name, a model folder, or where a model is served.")
  private String model = RunRequest.PLAIN.model();

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "The tokenizer.json of a served model, if its server has it not.")
  private Path tokenizer;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What the sequence begins with.")
  private String prompt = RunRequest.PLAIN.prompt();

  @Option(
      names = "--chat",
      description = "The prompt is a question, written as the model's chat template wants it.")
  private boolean chat;

  @Option(
      names = "--length",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "Prompt and answer together, in tokens.")
  private int length = RunRequest.PLAIN.length();

  @Option(
      names = "--sampler",
      paramLabel = "NAME|FILE",
      description = {
        "One of `unmask samplers`, or your own .java file or class; if not given, one that suits what",
        "the model was trained for."
      })
  private String sampler;

  @Option(
      names = "--set",
      parameterConsumer = OptionValues.Settings.class,
      paramLabel = "KEY=VALUE",
      description = "A setting of the sampler; may be given again.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--steps", paramLabel = "S", description = "Short for --set steps=S.")
  private String steps;

  @Option(names = "--block", paramLabel = "B", description = "Short for --set block=B.")
  private String block;

  @Option(names = "--temperature", paramLabel = "T", description = "Short for --set temperature=T.")
  private String temperature;

  @Option(names = "--guidance", paramLabel = "W", description = "Short for --set guidance=W.")
  private String guidance;

  @Option(names = "--seed", paramLabel = "K", description = "Another seed gives another text.")
  private long seed = RunRequest.PLAIN.seed();

  @Option(
      names = "--random",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "What draws: ${COMPLETION-CANDIDATES}.")
  private String random = RandomKind.PHILOX.word();

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "That the model computes on; the result does not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** The model that was asked for. */
  Model open() {
    return open(model);
  }

  /**
   * The model that was asked for, or if none was, the bundled one that a text was corrupted for.
   */
  Model open(Denoising denoising) {
    return given(MODEL) || denoising.model().sha256().isEmpty()
        ? open(model)
        : Model.open(new ModelFolders(Assets.models()).recorded(denoising.model().name()), threads);
  }

  private Model open(String model) {
    ModelFolders folders = new ModelFolders(Assets.models());
    return tokenizer == null
        ? RemoteModel.open(folders, model, threads)
        : RemoteModel.connect(RemoteAddress.of(model), Optional.of(tokenizer));
  }

  /** What a model takes that is so large that it is not copied. */
  Optional<MemoryEstimate> demand() {
    if (RemoteAddress.is(model)) {
      return Optional.empty();
    }
    Path folder = new ModelFolders(Assets.models()).resolve(model);
    return Optional.of(MemoryEstimate.of(folder, length)).filter(MemoryEstimate::stays);
  }

  TokenRun start(Model opened) {
    String text =
        chat
            ? ChatTemplate.of(new ModelFolders(Assets.models()).resolve(model)).prompt(prompt)
            : prompt;
    String chosen = sampler == null ? usualSampler() : sampler;
    return new RunRequest(model, text, length, chosen, given(), seed)
        .start(opened, RandomKind.of(random), SamplerPermission.named(chosen));
  }

  /** A served model does not tell what it was trained for, and nearly all of them fill in masks. */
  private String usualSampler() {
    TrainedFor trained =
        RemoteAddress.is(model)
            ? TrainedFor.MASKS
            : new ModelFolders(Assets.models()).trainedFor(model);
    return Samplers.usual(trained).name();
  }

  /** Goes back from a corruption of the model's tokens. */
  TokenRun start(Model opened, Denoising denoising) {
    Stream.of("--prompt", "--chat", "--length")
        .filter(this::given)
        .findFirst()
        .ifPresent(
            option -> {
              throw new InputException(
                  "With --from the text is that of its file, so %s says nothing; leave it out."
                      .formatted(option));
            });
    String back = sampler == null ? denoising.sampler() : sampler;
    SamplerKind kind = Samplers.named(back, SamplerPermission.named(back));
    return denoising.start(RunModel.of(opened), kind, given(), seed);
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** The same of images. */
  ImageJob ofImages() {
    return new ImageJob(
        Optional.of(model).filter(_ -> given(MODEL)),
        Optional.ofNullable(sampler),
        given(),
        Optional.empty(),
        seed,
        threads);
  }

  /** Those that were given on the command line. */
  private Map<String, String> given() {
    Map<String, String> settings = new LinkedHashMap<>(set);
    put(settings, "steps", steps);
    put(settings, "block", block);
    put(settings, "temperature", temperature);
    put(settings, "guidance", guidance);
    return settings;
  }

  private static void put(Map<String, String> settings, String name, String value) {
    if (value != null && settings.put(name, value) != null) {
      throw new InputException(Mistake.twice("--" + name));
    }
  }

  /** The words of the generators, for the help. */
  private static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(RandomKind.values()).map(RandomKind::word).iterator();
    }
  }
}
