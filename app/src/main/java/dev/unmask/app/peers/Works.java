package dev.unmask.app.peers;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.training.Batch;
import dev.unmask.engine.training.Goal;
import dev.unmask.engine.training.TextSubject;
import dev.unmask.engine.training.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The works that programs are compared by.
 *
 * @param bundled the models that are not made of random numbers
 * @param folder where what is made for a work is written, for the time of the comparison
 */
public record Works(ModelFolders bundled, Path folder) {
  /** Names of all works, in the order of the table. */
  public static final List<String> NAMES =
      List.of(
          "block-256",
          "block-768",
          "stories",
          "llada-256",
          "llada-1024",
          "training",
          "emoji",
          "fashion");

  /** Tokens of models that are asked for all logits; few, so that layers are what is measured. */
  private static final int FEW_TOKENS = 64;

  private static final int PROMPT = 32;
  private static final int IMAGES = 16;
  private static final int DDIM_STEPS = 50;
  private static final int WINDOWS = 32;
  private static final int TRAINING_STEPS = 6;

  /**
   * Makes what a work needs.
   *
   * @throws InputException if there is none of that name, or a bundled model is not there
   */
  public PeerWork named(String name) {
    return switch (name) {
      case "block-256" -> block(name, 128, shape(1, 256, 8, 704, FEW_TOKENS, 128));
      case "block-768" -> block(name, 256, shape(1, 768, 12, 2048, FEW_TOKENS, 256));
      case "stories" -> stories(name);
      case "llada-256" -> llada(name, 256, 16);
      case "llada-1024" -> llada(name, 1024, 8);
      case "training" -> training(name);
      case "emoji" -> denoising(name, bundled.images().resolve("emoji"));
      case "fashion" -> denoising(name, bundled.images().resolve("fashion"));
      default -> throw unknown(name);
    };
  }

  /**
   * Checks a name before anything is made.
   *
   * @throws InputException if there is no such work
   */
  public static void check(String name) {
    if (!NAMES.contains(name)) {
      throw unknown(name);
    }
  }

  private static InputException unknown(String name) {
    return new InputException(
        "There is no work '%s' to compare by; there are %s."
            .formatted(name, String.join(", ", NAMES)));
  }

  private static LladaArchitecture shape(
      int layers, int width, int heads, int hidden, int vocabulary, int length) {
    return new LladaArchitecture(
        layers, width, heads, heads, hidden, vocabulary, length, false, 10_000, 1e-5f);
  }

  private PeerWork block(String name, int length, LladaArchitecture shape) {
    int[] ids = IntStream.range(0, length).map(i -> i % shape.vocabulary()).toArray();
    return new PeerWork.Evaluation(name, random(shape), ids);
  }

  /** Of 35.7 million parameters; without a prompt all masks would be alike. */
  private PeerWork llada(String name, int length, int steps) {
    LladaArchitecture shape = shape(8, 512, 8, 1536, 8192, 1024);
    var numbers = new SplittableRandom(ThisProgram.SEED);
    int[] prompt = numbers.ints(PROMPT, 0, shape.vocabulary() - 1).toArray();
    return new PeerWork.Generation(name, random(shape), prompt, length, steps);
  }

  private Path random(LladaArchitecture shape) {
    Path model = folder.resolve("llada-" + shape.width());
    RandomLlada.write(model, shape, ThisProgram.SEED);
    return model;
  }

  private PeerWork stories(String name) {
    Path model = bundled.resolve("stories");
    try (Tokenizer tokenizer = Tokenizer.open(model.resolve("tokenizer.json"))) {
      return new PeerWork.Generation(name, model, tokenizer.encode("Once upon a time"), 64, 60);
    }
  }

  /** The model's own card is text enough. */
  private PeerWork training(String name) {
    Path model = bundled.resolve("stories");
    LladaArchitecture shape = LladaConfig.read(model.resolve("config.json")).architecture();
    Path text = model.resolve("README.md");
    var subject =
        new TextSubject(
            Goal.MASKED,
            shape,
            text,
            model.resolve("tokenizer.json"),
            WINDOWS,
            shape.contextLength());
    Path inputs = folder.resolve("training.safetensors");
    var work = new PeerWork.Training(name, model, inputs, subject, TRAINING_STEPS);
    writeBatches(work, shape.contextLength());
    return work;
  }

  private void writeBatches(PeerWork.Training work, int length) {
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    TrainingPlan plan = ThisProgram.plan(work, folder, 1);
    double[] rates = IntStream.range(0, work.steps()).mapToDouble(plan::rate).toArray();
    tensors.put(
        new Entry("rates", ElementType.F64, rates.length), Source.of(new Values.F64(rates)));
    List<Batch> batches = work.subject().batches(ThisProgram.SEED, work.steps());
    for (int step = 0; step < batches.size(); step++) {
      Batch batch = batches.get(step);
      int windows = batch.ids().length / length;
      tensors.put(new Entry("ids." + step, ElementType.I32, windows, length), ints(batch.ids()));
      int asked = batch.rows().length;
      tensors.put(new Entry("rows." + step, ElementType.I32, asked), ints(batch.rows()));
      tensors.put(new Entry("targets." + step, ElementType.I32, asked), ints(batch.targets()));
      tensors.put(new Entry("weights." + step, ElementType.F32, asked), Source.of(batch.weights()));
    }
    SafetensorsWriter.write(work.inputs(), Map.of(), tensors);
  }

  private static Source ints(int[] values) {
    return Source.of(new Values.I32(values));
  }

  private PeerWork denoising(String name, Path model) {
    Path inputs = folder.resolve(name + ".safetensors");
    var work = new PeerWork.Denoising(name, model, inputs, IMAGES, DDIM_STEPS);
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    try (ImageFolder opened = ImageFolder.open(model, 1)) {
      ImageShape shape = opened.denoiser().shape();
      tensors.put(
          new Entry(
              "start", ElementType.F32, IMAGES, shape.channels(), shape.height(), shape.width()),
          Source.of(ThisProgram.begun(work, opened).state().x()));
    }
    SafetensorsWriter.write(inputs, Map.of(), tensors);
    return work;
  }
}
