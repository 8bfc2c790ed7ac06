package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.LladaWeights;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final String TEXT = "one two three\n<|endoftext|>\none two four\n".repeat(20);
  private static final int VOCABULARY = 270;
  private static final LladaArchitecture SHAPE =
      new LladaArchitecture(2, 16, 2, 2, 24, VOCABULARY, 8, true, 10_000, 1e-5f);

  @TempDir private Path folder;
  private Path data;
  private Path tokenizer;

  @BeforeEach
  void writeFiles() throws IOException {
    data = Files.writeString(folder.resolve("text.txt"), TEXT);
    tokenizer = folder.resolve("tokenizer.json");
    BytePairTrainer.train(Stream.of(TEXT), VOCABULARY).write(tokenizer);
  }

  @Test
  void weightsAreTheSameBytesOnOneThreadAndOnTwo() throws IOException {
    train(plan("one", 3, 1));
    train(plan("two", 3, 2));
    assertThat(checkpoint("two")).isEqualTo(checkpoint("one"));
  }

  @Test
  void aRunThatWasStoppedEndsAsIfItHadNotBeen() throws IOException {
    train(plan("whole", 6, 2));
    TrainingPlan plan = plan("stopped", 6, 2);
    try (Trainer trainer = new Trainer(plan)) {
      trainer.run(
          progress -> {
            if (progress.step() == 4) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertThat(Thread.interrupted()).isTrue();
    train(plan);
    assertThat(checkpoint("stopped")).isEqualTo(checkpoint("whole"));
  }

  @Test
  void whatAKilledRunLeftHalfWrittenIsIgnored() throws IOException {
    train(plan("whole", 4, 1));
    TrainingPlan plan = plan("killed", 4, 1);
    Files.createDirectories(folder.resolve("killed/model"));
    Files.writeString(folder.resolve("killed/checkpoint.safetensors.writing"), "half");
    Files.writeString(folder.resolve("killed/model/model.safetensors.writing"), "half");
    train(plan);
    assertThat(checkpoint("killed")).isEqualTo(checkpoint("whole"));
  }

  @Test
  void aSecondRunInTheSameFolderIsRefused() throws IOException {
    train(plan("whole", 2, 1));
    TrainingPlan plan = plan("twice", 2, 1);
    try (Trainer trainer = new Trainer(plan)) {
      trainer.run(
          _ ->
              assertThatThrownBy(() -> train(plan))
                  .isInstanceOf(InputException.class)
                  .hasMessageContaining("checkpoint.safetensors is being written by another run"));
    }
    assertThat(checkpoint("twice")).isEqualTo(checkpoint("whole"));
  }

  @Test
  void lossFallsOnATextThatRepeats() {
    AtomicReference<Progress> last = new AtomicReference<>();
    try (Trainer trainer = new Trainer(plan("falls", 60, 2))) {
      trainer.run(last::set);
    }
    assertThat(last.get().loss()).isLessThan(Math.log(VOCABULARY) - 1);
  }

  @Test
  void theModelFolderIsReadBackAsTheSameModel() {
    TrainingPlan plan = plan("model", 2, 1);
    train(plan);
    Path model = folder.resolve("model/model");
    LladaConfig config = LladaConfig.read(model.resolve("config.json"));
    assertThat(config.architecture()).isEqualTo(SHAPE);
    assertThat(config.maskId()).isEqualTo(3);
    assertThat(model.resolve("tokenizer.json")).hasSameBinaryContentAs(tokenizer);
    int[] ids = {5, 3, 7, 3, 9, 11, 3, 2};
    try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"));
        LladaTransformer transformer = new LladaTransformer(SHAPE, file, new HostTensors(1));
        HostTensors ops = new HostTensors(1)) {
      int[] asked = {1, 6};
      Request request = Request.ofSequence(ids, Attention.FULL, asked, Optional.empty());
      float[][] logits = transformer.predict(request).logits();
      LladaWeights weights = LladaWeights.allocate(SHAPE, ops, new ArrayList<>());
      new ModelFolder(model, (TextSubject) plan.subject(), weights, new TensorFiles(ops)).load();
      Tape tape = new Tape(ops, List.of());
      LladaTransformer trained = new LladaTransformer(SHAPE, weights, tape);
      float[] losses =
          new TokenLoss(tape, trained, AttentionPattern.all(ids.length))
              .of(new Batch(ids, asked, new int[] {8, 20}, new float[] {1, 1}));
      assertThat(losses[0]).isCloseTo(crossEntropy(logits[0], 8), within(1e-5f));
      assertThat(losses[1]).isCloseTo(crossEntropy(logits[1], 20), within(1e-5f));
    }
  }

  @Test
  void aCausalModelIsReadBackAsOneThatSeesOnlyTheTokensBefore() {
    TrainingPlan plan = plan(subject(Goal.CAUSAL, 20), "causal", 2, 1);
    train(plan);
    try (Model model = Model.open(plan.folder().resolve("model"), 1)) {
      int[] asked = {0, 3};
      float[][] rows = model.denoiser().predict(request(asked, 5, 6, 7, 8)).logits();
      float[][] others = model.denoiser().predict(request(asked, 5, 6, 7, 200)).logits();
      assertThat(rows).isDeepEqualTo(others);
      float[][] changed = model.denoiser().predict(request(asked, 5, 6, 200, 8)).logits();
      assertThat(changed[0]).isEqualTo(rows[0]);
      assertThat(changed[1]).isNotEqualTo(rows[1]);
    }
  }

  @Test
  void theRateRisesStaysLevelAndFallsToZero() {
    TrainingPlan plan = plan("rates", 100, 1);
    assertThat(plan.rate(0)).isEqualTo(plan.peakRate() / 5);
    assertThat(plan.rate(4)).isEqualTo(plan.rate(75)).isEqualTo(plan.peakRate());
    assertThat(plan.rate(76)).isLessThan(plan.peakRate());
    assertThat(plan.rate(99)).isCloseTo(plan.peakRate() / 25, within(1e-12));
    assertThat(plan.rate(100)).isZero();
  }

  private static Request request(int[] rows, int... ids) {
    return Request.ofSequence(ids, Attention.FULL, rows, Optional.empty());
  }

  private static float crossEntropy(float[] logits, int target) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return (float) (Math.log(sum) - logits[target]);
  }

  /** At this rate a step changes no float16. */
  @Test
  void anotherModelsWeightsAreTheStart() throws IOException {
    train(plan("first", 2, 1));
    train(from(plan("second", 1, 1), folder.resolve("first/model"), 1e-12));
    assertThat(folder.resolve("second/model/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("first/model/model.safetensors"));
  }

  /** At this rate a step changes no float16. */
  @Test
  void aModelOfAnotherContextIsAStartToo() {
    train(plan("first", 1, 1));
    TextSubject longer =
        new TextSubject(
            Goal.MASKED, SHAPE.within(2 * SHAPE.contextLength()), data, tokenizer, 20, 4);
    TrainingPlan plan = plan(longer, "longer", 1, 1);
    train(from(plan, folder.resolve("first/model"), 1e-12));
    assertThat(folder.resolve("longer/model/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("first/model/model.safetensors"));
  }

  @Test
  void aModelOfAnotherShapeIsNone() {
    train(plan("first", 1, 1));
    LladaArchitecture wider =
        new LladaArchitecture(1, 16, 2, 2, 12, VOCABULARY, 8, true, 10_000, 1e-5f);
    TrainingPlan plan =
        plan(new TextSubject(Goal.MASKED, wider, data, tokenizer, 20, 4), "wider", 1, 1);
    assertThatThrownBy(() -> new Trainer(from(plan, folder.resolve("first/model"), 1e-3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("of width 16 with 2 heads")
        .hasMessageEndingWith("were asked for; ask for its shape.");
  }

  @Test
  void aRunWithOtherSettingsDoesNotGoOnFromACheckpoint() {
    train(plan("settings", 1, 1));
    TrainingPlan other = plan(subject(Goal.MASKED, 21), "settings", 1, 1);
    assertThatThrownBy(() -> new Trainer(other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("checkpoint.safetensors was made with other settings");
  }

  @Test
  void aTokenizerThatIsTooLargeForTheModelIsRefused() throws IOException {
    BytePairTrainer.train(Stream.of(TEXT), VOCABULARY + 4).write(tokenizer);
    assertThatThrownBy(() -> new Trainer(plan("large", 1, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tokenizer.json has 274 tokens, but the model is to have 270");
  }

  @Test
  void aTextShorterThanAWindowIsRefused() throws IOException {
    Files.writeString(data, "one");
    assertThatThrownBy(() -> new Trainer(plan("short", 1, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text.txt has only");
  }

  @Test
  void theBatchesOfARunCanBeShownToAnotherProgram() {
    TextSubject subject = subject(Goal.MASKED, 20);
    List<Batch> batches = subject.batches(1, 2);
    assertThat(batches).hasSize(2);
    for (int step = 0; step < 2; step++) {
      Batch drawn = TextBatches.of(subject).draw(new Philox(1, step));
      assertThat(batches.get(step)).usingRecursiveComparison().isEqualTo(drawn);
    }
    assertThat(batches.get(0).ids()).isNotEqualTo(batches.get(1).ids());
  }

  private TrainingPlan plan(String name, int steps, int threads) {
    return plan(subject(Goal.MASKED, 20), name, steps, threads);
  }

  private TextSubject subject(Goal goal, int windows) {
    return new TextSubject(goal, SHAPE, data, tokenizer, windows, 4);
  }

  private TrainingPlan plan(Subject subject, String name, int steps, int threads) {
    return new TrainingPlan(
        subject,
        folder.resolve(name),
        Optional.empty(),
        steps,
        1e-2,
        5,
        1,
        threads,
        Duration.ofHours(1));
  }

  private static TrainingPlan from(TrainingPlan plan, Path model, double rate) {
    return new TrainingPlan(
        plan.subject(),
        plan.folder(),
        Optional.of(model),
        plan.steps(),
        rate,
        plan.warmUp(),
        plan.seed(),
        plan.threads(),
        plan.checkpointEvery());
  }

  private static void train(TrainingPlan plan) {
    try (Trainer trainer = new Trainer(plan)) {
      trainer.run(progress -> {});
    }
  }

  private byte[] checkpoint(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve("checkpoint.safetensors"));
  }
}
