package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelConfig;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.ShiftedDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.TensorOps;
import dev.unmask.engine.trace.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The models that recordings were made with. */
final class RecordedModel {
  private static final String CONFIG = ".config.json";
  private static final String WEIGHTS = ".safetensors";

  /** What LLaDA's program takes for the ends of a text, whatever the model. */
  private static final int[] LLADA_ENDS = {126_081, 126_348};

  private RecordedModel() {}

  /** The settings of a recording that this takes account of, a seed, and others. */
  static Set<String> settingsAnd(String... others) {
    return Stream.of(
            Stream.of("model", "logits_shift", "torch_seed"),
            Stream.of("seed", "V", "div", "shift", "mask_id", "mask_logit", "override")
                .map("model/"::concat),
            Stream.of(others))
        .flatMap(some -> some)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it is known which model made a recording. */
  static boolean isKnown(Recording recording) {
    return recording.root().path("model").isObject() || config(recording).isPresent();
  }

  /** The hashed model that a recording describes, or the transformer that lies beside it. */
  static RunModel.Tokens open(Recording recording, int threads) {
    RunModel.Tokens model = unshifted(recording, threads);
    return switch (recording.root().path("logits_shift").asText("")) {
      case "" -> model;
      case "logits[i] = raw[i-1]; logits[0]=raw[0]" ->
          new RunModel.Tokens(
              model.identity(),
              model.texts(),
              model.vocabulary(),
              new ShiftedDenoiser(model.denoiser()));
      default ->
          throw new InputException(
              "%s shifts the logits in a way that is not known; record it without a shift."
                  .formatted(recording.file()));
    };
  }

  /** The same with the recording's "eos_id" as the one token that ends a text, if it has one. */
  static RunModel.Tokens withEnd(Recording recording, int threads) {
    RunModel.Tokens model = open(recording, threads);
    int[] ends = recording.has("eos_id") ? new int[] {recording.whole("eos_id")} : new int[0];
    Vocabulary known = model.vocabulary();
    return new RunModel.Tokens(
        model.identity(),
        model.texts(),
        new Vocabulary(known.size(), known.maskId(), ends),
        model.denoiser());
  }

  /** The same beside a planner, if the recording's "planner" tells in what its model differs. */
  static RunModel.Tokens withPlanner(Recording recording, int threads) {
    RunModel.Tokens model = open(recording, threads);
    if (!recording.has("planner")) {
      return model;
    }
    ObjectNode other = recording.field("model").deepCopy();
    recording.field("planner").propertyStream().forEach(e -> other.set(e.getKey(), e.getValue()));
    TokenDenoiser planner = hashed(recording.of(other)).denoiser();
    return new RunModel.Tokens(
        model.identity(),
        model.texts(),
        model.vocabulary(),
        new PlannedDenoiser(model.denoiser(), planner));
  }

  private static RunModel.Tokens unshifted(Recording recording, int threads) {
    if (recording.root().path("model").isObject()) {
      return hashed(recording.of(recording.field("model")));
    }
    return config(recording)
        .map(config -> beside(config, threads))
        .orElseThrow(
            () ->
                new InputException(
                    recording.file() + " has no model beside it; put its config.json there."));
  }

  /** The hashed model of a codebook, whose mask is one token more and is never predicted. */
  static RunModel.Tokens ofCodebook(Recording recording) {
    return hashed(recording.of(recording.field("model")), true);
  }

  private static RunModel.Tokens hashed(Recording model) {
    return hashed(model, false);
  }

  private static RunModel.Tokens hashed(Recording model, boolean ofCodebook) {
    int maskId = model.has("mask_id") ? model.whole("mask_id") : Vocabulary.NO_MASK;
    boolean isBeyond = ofCodebook && maskId == model.count("V");
    int size = model.count("V") + (isBeyond ? 1 : 0);
    double divisor = model.number("div");
    List<HashedDenoiser.Fixed> fixed = fixed(model.root().path("override"));
    boolean tokensExist =
        fixed.stream().allMatch(one -> one.token() >= 0 && one.token() < size)
            && (maskId == Vocabulary.NO_MASK && !model.has("mask_logit")
                || maskId >= 0 && maskId < size);
    if (!tokensExist || size < 1 || divisor == 0) {
      throw new InputException(
          "%s names a model that cannot be: its div or V is 0, or its mask_id or override is beyond its V tokens; record it again."
              .formatted(model.file()));
    }
    HashedDenoiser denoiser =
        new HashedDenoiser(
            model.root().path("seed").asLong(),
            size,
            model.root().path("shift").asInt(48),
            divisor,
            maskId,
            maskLogit(model, isBeyond),
            fixed);
    return model("hashed", new Vocabulary(size, maskId, ends(size)), denoiser);
  }

  private static OptionalDouble maskLogit(Recording model, boolean isBeyond) {
    if (isBeyond) {
      return OptionalDouble.of(Double.NEGATIVE_INFINITY);
    }
    return model.has("mask_logit")
        ? OptionalDouble.of(model.number("mask_logit"))
        : OptionalDouble.empty();
  }

  private static List<HashedDenoiser.Fixed> fixed(JsonNode triples) {
    return triples
        .valueStream()
        .map(
            triple ->
                new HashedDenoiser.Fixed(
                    triple.path(0).asInt(),
                    triple.path(1).asInt(),
                    (float) triple.path(2).asDouble()))
        .toList();
  }

  private static int[] ends(int size) {
    return IntStream.of(LLADA_ENDS).filter(id -> id < size).toArray();
  }

  /**
   * The NAME.config.json beside a recording that names a model NAME.safetensors or else whose own
   * name starts with NAME.
   */
  private static Optional<Path> config(Recording recorded) {
    Path recording = recorded.file();
    String named = recorded.root().path("model").asText("");
    String name =
        named.endsWith(WEIGHTS)
            ? named.substring(named.lastIndexOf('/') + 1, named.length() - WEIGHTS.length())
            : recording.getFileName().toString();
    try (Stream<Path> files = Files.list(recording.toAbsolutePath().getParent())) {
      return files
          .filter(file -> file.toString().endsWith(CONFIG))
          .filter(file -> name.startsWith(stem(file)))
          .max(Comparator.comparing(file -> stem(file).length()));
    } catch (IOException e) {
      throw new InputException(
          "The folder of %s cannot be read (%s); check its permissions."
              .formatted(recording, e.getMessage()),
          e);
    }
  }

  private static String stem(Path config) {
    String name = config.getFileName().toString();
    return name.substring(0, name.length() - CONFIG.length());
  }

  private static RunModel.Tokens beside(Path file, int threads) {
    ModelConfig config = ModelConfig.read(file);
    Path weights = file.resolveSibling(stem(file) + WEIGHTS);
    return model(stem(file), config.vocabulary(), denoiser(config, weights, threads));
  }

  /** The transformer of a config, with weights from a file. */
  static TokenDenoiser denoiser(ModelConfig config, Path weights, int threads) {
    SafetensorsFile file = SafetensorsFile.open(weights);
    TensorOps ops = new HostTensors(threads);
    try {
      return config.denoiser(file, ops);
    } catch (RuntimeException e) {
      ops.close();
      file.close();
      throw e;
    }
  }

  private static RunModel.Tokens model(String name, Vocabulary vocabulary, TokenDenoiser denoiser) {
    return new RunModel.Tokens(new TraceHeader.Model(name, ""), List.of(), vocabulary, denoiser);
  }

  /** A denoiser beside a planner, which alone is asked about clean sequences, those at t = 0. */
  record PlannedDenoiser(TokenDenoiser model, TokenDenoiser planner) implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return model.vocabularySize();
    }

    @Override
    public int contextLength() {
      return Math.min(model.contextLength(), planner.contextLength());
    }

    @Override
    public RowMeaning rowMeaning() {
      return model.rowMeaning();
    }

    @Override
    public Prediction predict(Request request) {
      boolean clean = request.time().isPresent() && request.time().getAsDouble() == 0;
      return (clean ? planner : model).predict(request);
    }

    @Override
    public void close() {
      model.close();
      planner.close();
    }
  }
}
