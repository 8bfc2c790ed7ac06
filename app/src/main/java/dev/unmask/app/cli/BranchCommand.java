package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.checkpoint.Sha256;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.run.Branch;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Another ending of a recorded run. */
@Command(
    name = "branch",
    description = {
      "Goes on from a step of a trace with a change, and prints the final text last; or of a trace"
          + " of images or of a training, what came of it. Without a change it goes on as the trace"
          + " did.",
      "Positions are counted from 0, the prompt included; a TOKEN is text that is one token, or #"
          + " and its id."
    })
final class BranchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRACE", description = "A recorded run, or the .part of a stopped one.")
  private Path file;

  @Option(
      names = "--at",
      converter = OptionValues.FromZero.class,
      required = true,
      paramLabel = "STEP",
      description = "How many of its steps are kept.")
  private int step;

  @Option(
      names = "--force",
      paramLabel = "POS=TOKEN",
      description = "Puts a token somewhere; may be given again.")
  private List<String> forced = new ArrayList<>();

  @Option(
      names = "--pin",
      paramLabel = "POS=TOKEN",
      description = "Puts a token somewhere that is to stay; may be given again.")
  private List<String> pinned = new ArrayList<>();

  @Option(
      names = "--ban",
      paramLabel = "[POS=]TOKEN",
      description = "Forbids a token, at a position or everywhere; may be given again.")
  private List<String> banned = new ArrayList<>();

  @Option(
      names = "--remask",
      converter = OptionValues.FromZero.class,
      split = ",",
      paramLabel = "POS",
      description = "Puts the mask back at these positions.")
  private List<Integer> remasked = new ArrayList<>();

  @Option(
      names = "--sampler",
      paramLabel = "NAME|FILE",
      description = "Goes on with another sampler.")
  private String sampler;

  @Option(
      names = "--set",
      parameterConsumer = OptionValues.Settings.class,
      paramLabel = "KEY=VALUE",
      description = {
        "Changes a setting of the sampler, or of images their guidance too; may be given again."
      })
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "K",
      description = "Draws other numbers from there on than the trace did.")
  private Long seed;

  @Option(
      names = "--model",
      paramLabel = "NAME|FOLDER|URL",
      description = "The model of the trace, if it is not a bundled one.")
  private String model;

  @Option(names = "--trace", paramLabel = "OUT", description = "Records the branch, as run does.")
  private Path out;

  @Option(
      names = "--out",
      paramLabel = "PICTURE.png",
      description = "Paints the images, if they are images.")
  private Path picture;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "That the model computes on.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private SamplerConsent consent;

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (TraceKind.IMAGES.is(file)) {
      ofImages();
    } else if (TraceKind.TRAININGS.is(file)) {
      ofTraining();
    } else {
      ofTokens();
    }
    return 0;
  }

  private void ofTokens() {
    var recording = new TraceOutput(Optional.ofNullable(out), spec.commandLine().getErr());
    try (var parent = TraceKind.TOKENS.open(file);
        Model opened = open(parent.header())) {
      if (picture != null) {
        throw new InputException(
            "--out paints images, and %s is a run of tokens; leave it out, or export the branch."
                .formatted(file));
      }
      SamplerPermission named =
          sampler == null ? SamplerPermission.NONE : SamplerPermission.named(sampler);
      SamplerPermission samplers = own -> named.allows(own) || consent.allows(own);
      RunModel.Tokens runModel = RunModel.of(opened);
      TokenRun run = runModel.branch(parent, branch(edits(opened)), samplers);
      recording.of(run, run::finish);
      spec.commandLine().getOut().print(opened.tokenizer().decode(run.state().tokens()));
      spec.commandLine().getOut().println();
      spec.commandLine().getOut().flush();
    }
  }

  private void ofImages() {
    checkNoTokens("a run of images, which have");
    var output =
        new ImageOutput(
            Optional.ofNullable(out),
            Optional.ofNullable(picture),
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    try (var parent = TraceKind.IMAGES.open(file)) {
      String name = ImageJob.named(Optional.ofNullable(model), parent.header().model());
      try (ImageFolder opened = ImageJob.open(name, threads)) {
        output.play(RunModel.of(opened).branch(parent, branch(List.of()), SamplerPermission.NONE));
      }
    }
  }

  private void ofTraining() {
    checkNoTokens("a training, which has");
    if (picture != null || model != null) {
      throw new InputException(
          "%s is a training, which paints no images and names its own model; leave --out and --model out."
              .formatted(file));
    }
    var output =
        new TrainingOutput(
            Optional.ofNullable(out), spec.commandLine().getOut(), spec.commandLine().getErr());
    try (var parent = TraceKind.TRAININGS.open(file)) {
      Family family = Families.named(parent.header().model().name());
      output.of(
          family,
          () -> family.model(threads).branch(parent, branch(List.of()), SamplerPermission.NONE));
    }
  }

  private void checkNoTokens(String what) {
    if (Stream.of(forced, pinned, banned, remasked).anyMatch(tokens -> !tokens.isEmpty())) {
      throw new InputException(
          "%s is %s no tokens; leave --force, --pin, --ban and --remask out."
              .formatted(file, what));
    }
  }

  private Branch branch(List<Edit> edits) {
    return new Branch(
        new TraceHeader.Parent(Sha256.of(file), step),
        step,
        edits,
        Optional.ofNullable(sampler),
        settings,
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
  }

  private Model open(TraceHeader header) {
    ModelFolders folders = new ModelFolders(Assets.models());
    return model == null
        ? Model.open(folders.recorded(header.model().name()), threads)
        : RemoteModel.open(folders, model, threads);
  }

  private List<Edit> edits(Model opened) {
    List<Edit> edits = new ArrayList<>();
    forced.forEach(text -> edits.add(edit(Edit.Kind.SET, text, opened)));
    pinned.forEach(text -> edits.add(edit(Edit.Kind.PIN, text, opened)));
    remasked.forEach(at -> edits.add(Edit.set(at, opened.vocabulary().maskId())));
    checkOnce(edits);
    for (String text : banned) {
      edits.add(
          text.matches("-?\\d+=.*")
              ? edit(Edit.Kind.BAN, text, opened)
              : new Edit(Edit.Kind.BAN, -1, token(text, opened)));
    }
    return edits;
  }

  private static void checkOnce(List<Edit> edits) {
    Set<Integer> changed = new HashSet<>();
    for (Edit edit : edits) {
      if (!changed.add(edit.position())) {
        throw new InputException(Mistake.twice("The position " + edit.position()));
      }
    }
  }

  private static Edit edit(Edit.Kind kind, String text, Model opened) {
    int equals = text.indexOf('=');
    try {
      int position = Integer.parseInt(text.substring(0, Math.max(equals, 0)));
      return new Edit(kind, position, token(text.substring(equals + 1), opened));
    } catch (NumberFormatException e) {
      throw new InputException(
          "'%s' is no position and token; write it as in 12=cat or 12=#345.".formatted(text), e);
    }
  }

  private static int token(String text, Model opened) {
    if (text.matches("#\\d{1,9}")) {
      return Integer.parseInt(text.substring(1));
    }
    int[] ids = opened.tokenizer().encode(text);
    if (ids.length != 1) {
      throw new InputException(
          "'%s' is %d tokens of the model %s and not one; try it with a space before it, or write # and an id."
              .formatted(text, ids.length, opened.name()));
    }
    return ids[0];
  }
}
