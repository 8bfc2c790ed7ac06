package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.Assets;
import dev.unmask.app.OtherJvm;
import dev.unmask.app.export.Export;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.PictureSize;
import dev.unmask.app.export.TraceSource;
import dev.unmask.app.picture.HandMade;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import dev.unmask.engine.training.Goal;
import dev.unmask.engine.training.TextSubject;
import dev.unmask.engine.training.Trainer;
import dev.unmask.engine.training.TrainingPlan;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that are killed while they work: what they had recorded is there, and no file is half of
 * one. Once each is held within a step, and then killed wherever it happens to be; how often is
 * told by {@code -Dunmask.kills=N}.
 */
@Timeout(3600)
class KillTest {
  private static final int KILLS = Integer.getInteger("unmask.kills", 1);

  /** The step that a program is held within. */
  private static final int HELD = 2;

  private static final int NOT_HELD = -1;
  private static final int LARGE_STEPS = 4;
  private static final int TRAINING_STEPS = 200 * KILLS;
  private static final String BEFORE = "the one before";

  private final Random random = new Random(KILLS);

  @TempDir private Path folder;

  /** What is done, again and again where it is not held. */
  private enum Job {
    TOKENS {
      @Override
      void work(Path place, IntConsumer within) {
        tokens(place, within);
      }
    },
    IMAGES {
      @Override
      void work(Path place, IntConsumer within) {
        images(place, within);
      }
    },
    TRAINING {
      @Override
      void work(Path place, IntConsumer within) {
        train(place, within, Duration.ZERO);
      }
    },
    EXPORT {
      @Override
      void work(Path place, IntConsumer within) {
        export(place, within);
      }
    },
    LARGE_TRACE {
      @Override
      void work(Path place, IntConsumer within) {
        large(place);
      }
    };

    /**
     * Does it.
     *
     * @param within is told how many steps there are already, in the midst of another
     */
    abstract void work(Path place, IntConsumer within);
  }

  /** Does a job at a place, and says in the midst of each step how many there are. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      int held = Integer.parseInt(args[2]);
      while (true) {
        Job.valueOf(args[0])
            .work(
                Path.of(args[1]),
                steps -> {
                  System.out.println(steps);
                  if (steps == held) {
                    hold();
                  }
                });
        // Said also where there was nothing left to do, so that nobody waits for it in vain.
        System.out.println(NOT_HELD);
      }
    }

    private static void hold() {
      try {
        while (System.in.read() >= 0) {
          // Nothing lets go of it.
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Kills a program within a step; how many steps it had said there were. */
  private int kill(Job job, Path place, int held) throws IOException, InterruptedException {
    Process program = OtherJvm.start(Program.class, job, place, held);
    try (BufferedReader said = program.inputReader()) {
      int lines = held == NOT_HELD ? 1 + random.nextInt(40) : Integer.MAX_VALUE;
      int last = NOT_HELD;
      for (int i = 0; i < lines && (last != held || held == NOT_HELD); i++) {
        String line = said.readLine();
        assertThat(line).as("%s ended by itself", job).isNotNull();
        last = Integer.parseInt(line);
      }
      return last;
    } finally {
      List<ProcessHandle> encoders = program.descendants().toList();
      program.destroyForcibly().waitFor();
      // FFmpeg writes to its end what it was given.
      encoders.forEach(encoder -> encoder.onExit().join());
    }
  }

  @Test
  void aSecondProgramIsRefusedBeforeItsRunAndDisturbsNothing()
      throws IOException, InterruptedException {
    Path file = folder.resolve("one.trace.safetensors");
    Process first = OtherJvm.start(Program.class, Job.TOKENS, file, HELD);
    try (BufferedReader said = first.inputReader()) {
      for (int steps = 0; steps <= HELD; steps++) {
        assertThat(said.readLine()).isEqualTo("" + steps);
      }
      Path part = TraceRecorder.partOf(file);
      byte[] before = Files.readAllBytes(part);
      var err = new StringWriter();
      int code =
          Unmask.commandLine()
              .setOut(nowhere())
              .setErr(new PrintWriter(err))
              .execute("run", "--model=none such", "--trace=" + file);
      assertThat(err.toString())
          .contains("one.trace.safetensors is being written by another run or program");
      assertThat(code).isEqualTo(Unmask.MISTAKE);
      assertThat(part).hasBinaryContent(before);
      assertThat(folder.toFile().list())
          .containsExactlyInAnyOrder(part.getFileName().toString(), file.getFileName() + ".lock");
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  @Test
  void theStepsOfARunOfTokensAreThere() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.trace.safetensors");
    tokens(whole, _ -> {});
    Path file = folder.resolve("killed.trace.safetensors");
    kill(Job.TOKENS, file, HELD);
    assertThat(file).doesNotExist();
    assertThat(sameTokens(TraceRecorder.partOf(file), whole)).isEqualTo(HELD);
    for (int i = 0; i < KILLS; i++) {
      int said = kill(Job.TOKENS, file, NOT_HELD);
      assertThat(tokensRecorded(file, whole)).isGreaterThanOrEqualTo(said);
    }
    tokens(file, _ -> {});
    assertThat(file).hasSameBinaryContentAs(whole);
  }

  /** The steps are there already, and are copied into the trace that is to take another's place. */
  @Test
  void whileATraceIsWrittenTheOneBeforeStandsAndAllStepsAreThere()
      throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.trace.safetensors");
    large(whole);
    Path file = folder.resolve("killed.trace.safetensors");
    Path part = TraceRecorder.partOf(file);
    int met = 0;
    for (int i = 0; i < 20 && met < KILLS; i++) {
      Files.writeString(file, BEFORE);
      boolean midway = killWhileItIsWritten(Job.LARGE_TRACE, file);
      if (midway) {
        met++;
        assertThat(file).hasContent(BEFORE);
        try (var recorded = TraceKind.IMAGES.open(part);
            var trace = TraceKind.IMAGES.open(whole)) {
          assertThat(recorded.steps()).isEqualTo(LARGE_STEPS);
          assertThat(recorded.state(LARGE_STEPS).x()).isEqualTo(trace.state(LARGE_STEPS).x());
        }
      } else {
        assertThat(file).hasSameBinaryContentAs(whole);
      }
      Files.deleteIfExists(part);
    }
    assertThat(met).as("kills in the midst").isEqualTo(KILLS);
    large(file);
    assertThat(file).hasSameBinaryContentAs(whole);
    assertThat(writing(file)).doesNotExist();
  }

  /** Kills a program as soon as it writes; whether it was before the file stood in its place. */
  private static boolean killWhileItIsWritten(Job job, Path place)
      throws IOException, InterruptedException {
    Files.deleteIfExists(writing(place));
    Process program = OtherJvm.start(Program.class, job, place, NOT_HELD);
    try {
      // Of a file that is not there as of an empty one.
      while (writing(place).toFile().length() == 0 && place.toFile().length() == BEFORE.length()) {
        assertThat(program.isAlive()).isTrue();
        Thread.onSpinWait();
      }
    } finally {
      program.destroyForcibly().waitFor();
    }
    return Files.exists(writing(place));
  }

  private static Path writing(Path place) {
    return place.resolveSibling(place.getFileName() + ".writing");
  }

  private static int tokensRecorded(Path file, Path whole) throws IOException {
    if (Files.exists(file)) {
      assertThat(file).hasSameBinaryContentAs(whole);
      Files.delete(file);
      return Integer.MAX_VALUE;
    }
    return sameTokens(TraceRecorder.partOf(file), whole);
  }

  private static int sameTokens(Path part, Path whole) {
    try (var killed = TraceKind.TOKENS.open(part);
        var trace = TraceKind.TOKENS.open(whole)) {
      assertThat(killed.header()).isEqualTo(trace.header());
      for (int i = 0; i <= killed.steps(); i++) {
        assertThat(killed.state(i).tokens()).isEqualTo(trace.state(i).tokens());
      }
      return killed.steps();
    }
  }

  @Test
  void theStepsOfARunOfImagesAreThere() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole.trace.safetensors");
    images(whole, _ -> {});
    Path file = folder.resolve("killed.trace.safetensors");
    kill(Job.IMAGES, file, HELD);
    assertThat(file).doesNotExist();
    assertThat(sameImages(TraceRecorder.partOf(file), whole)).isEqualTo(HELD);
    for (int i = 0; i < KILLS; i++) {
      int said = kill(Job.IMAGES, file, NOT_HELD);
      assertThat(imagesRecorded(file, whole)).isGreaterThanOrEqualTo(said);
    }
    images(file, _ -> {});
    assertThat(file).hasSameBinaryContentAs(whole);
  }

  private static int imagesRecorded(Path file, Path whole) throws IOException {
    if (Files.exists(file)) {
      assertThat(file).hasSameBinaryContentAs(whole);
      Files.delete(file);
      return Integer.MAX_VALUE;
    }
    return sameImages(TraceRecorder.partOf(file), whole);
  }

  private static int sameImages(Path part, Path whole) {
    assertThat(TraceKind.IMAGES.is(part)).isTrue();
    try (var killed = TraceKind.IMAGES.open(part);
        var trace = TraceKind.IMAGES.open(whole)) {
      assertThat(killed.header()).isEqualTo(trace.header());
      for (int i = 0; i <= killed.steps(); i++) {
        assertThat(killed.state(i).x()).isEqualTo(trace.state(i).x());
      }
      return killed.steps();
    }
  }

  @Test
  void aTrainingGoesOnAsIfNothingHadHappened() throws IOException, InterruptedException {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    Path killed = Files.createDirectory(folder.resolve("killed"));
    for (Path place : List.of(whole, killed)) {
      Files.writeString(place.resolve("text.txt"), "one two three\n<|endoftext|>\n".repeat(20));
      BytePairTrainer.train(Stream.of("one two three"), 265).write(place.resolve("tokens.json"));
    }
    kill(Job.TRAINING, killed, HELD);
    assertThat(steps(killed)).isEqualTo(HELD - 1);
    for (int i = 0; i < KILLS; i++) {
      int said = kill(Job.TRAINING, killed, NOT_HELD);
      assertThat(steps(killed)).isGreaterThanOrEqualTo(said - 1);
      try (Model model = Model.open(killed.resolve("model"), 1)) {
        assertThat(model.vocabulary().size()).isEqualTo(265);
      }
    }
    train(killed, _ -> {}, Duration.ofHours(1));
    train(whole, _ -> {}, Duration.ofHours(1));
    assertThat(killed.resolve("checkpoint.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("checkpoint.safetensors"));
  }

  private static int steps(Path place) {
    try (Trainer trainer = new Trainer(plan(place, Duration.ZERO))) {
      return trainer.step();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"apng", "mp4", "webm"})
  void noHalfExportStandsAtItsPlace(String format) throws IOException, InterruptedException {
    Path whole = folder.resolve("whole." + format);
    export(whole, _ -> {});
    Path file = Files.writeString(folder.resolve("killed." + format), BEFORE);
    kill(Job.EXPORT, file, HELD);
    assertThat(writing(file)).exists();
    assertThat(file).hasContent(BEFORE);
    for (int i = 0; i < KILLS; i++) {
      Files.writeString(file, BEFORE);
      kill(Job.EXPORT, file, NOT_HELD);
      if (Files.size(file) != BEFORE.length()) {
        assertSameExport(file, whole);
      }
    }
    export(file, _ -> {});
    assertSameExport(file, whole);
    assertThat(writing(file)).doesNotExist();
  }

  /** FFmpeg writes no video twice with the same bytes. */
  private static void assertSameExport(Path file, Path whole) throws IOException {
    if (file.toString().endsWith("apng")) {
      assertThat(file).hasSameBinaryContentAs(whole);
    } else {
      assertThat(frames(file)).isNotEmpty().hasSameSizeAs(frames(whole));
    }
  }

  /** What is said of each frame of a video, and nothing else if all can be read. */
  private static List<String> frames(Path video) throws IOException {
    String program = Loader.load(ffmpeg.class);
    Process reader =
        new ProcessBuilder(
                program, "-nostdin", "-v", "error", "-i", "" + video, "-f", "framecrc", "-")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said = reader.inputReader()) {
      List<String> frames = said.lines().filter(line -> !line.startsWith("#")).toList();
      assertThat(frames).allMatch(line -> line.startsWith("0,"));
      return frames;
    }
  }

  private static void tokens(Path file, IntConsumer within) {
    try (Model model = Model.open(new ModelFolders(Assets.models()).resolve("sentences"), 1)) {
      RunModel.Tokens asked = RunModel.of(model);
      var watched =
          new RunModel.Tokens(
              asked.identity(),
              asked.texts(),
              asked.vocabulary(),
              watched(TokenDenoiser.class, asked.denoiser(), "predict", within));
      var plan = new RunPlan<>(Samplers.named("llada"), Map.of("steps", "6"), RandomKind.PHILOX, 1);
      TokenRun run = TokenRun.start(watched, Start.of("", 6, model), plan);
      new TraceOutput(Optional.of(file), nowhere()).of(run, run::finish);
    }
  }

  /** Records a run of one image whose trace takes so long to write that it is met in the midst. */
  private static void large(Path file) {
    var shape = new BatchShape(1, 3, 512, 512);
    var header =
        new TraceHeader(
            new TraceHeader.Model("large", ""),
            new TraceHeader.Images(shape, List.of()),
            "vp-linear",
            RandomKind.PHILOX.word(),
            1,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            TraceHeader.VERSION);
    float[] x = new float[3 * 512 * 512];
    Trace<BatchState, ImageRecord> start = new RecordedTrace<>(header, new BatchState(x, 1, 0, 1));
    try (var recorder = TraceRecorder.create(file, start)) {
      for (int step = 1; step <= LARGE_STEPS; step++) {
        float[] next = x.clone();
        Arrays.fill(next, step);
        double time = 1 - (double) step / LARGE_STEPS;
        recorder.append(
            new ImageRecord(
                Optional.of(next),
                Optional.empty(),
                new BatchState(next, time, 1 - time, time),
                step));
      }
      recorder.finish();
    }
  }

  private static void images(Path file, IntConsumer within) {
    Path emoji = new ModelFolders(Assets.models()).images().resolve("emoji");
    try (ImageFolder model = ImageFolder.open(emoji, 1)) {
      ImageDenoiser denoiser = watched(ImageDenoiser.class, model.denoiser(), "clean", within);
      var start = new Start.Images(Collections.nCopies(2, denoiser.classes()));
      var plan =
          new RunPlan<>(ImageSamplers.named("ddim"), Map.of("steps", "6"), RandomKind.PHILOX, 1);
      var identity = new TraceHeader.Model("emoji", "");
      ImageRun run = ImageRun.start(new RunModel.Images(identity, denoiser), start, plan);
      new ImageOutput(Optional.of(file), Optional.empty(), nowhere(), nowhere()).play(run);
    }
  }

  /** A model that says in the midst of each step how many there were before. */
  private static <T> T watched(Class<T> type, T model, String asked, IntConsumer within) {
    int[] steps = {0};
    return type.cast(
        Proxy.newProxyInstance(
            KillTest.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().equals(asked)) {
                within.accept(steps[0]++);
              }
              try {
                return method.invoke(model, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /**
   * Trains.
   *
   * @param every time between checkpoints
   */
  private static void train(Path place, IntConsumer within, Duration every) {
    try (Trainer trainer = new Trainer(plan(place, every))) {
      trainer.run(progress -> within.accept(progress.step()));
    }
  }

  private static TrainingPlan plan(Path place, Duration every) {
    var shape = new LladaArchitecture(1, 16, 2, 2, 24, 265, 8, true, 10_000, 1e-5f);
    Path tokenizer = place.resolve("tokens.json");
    var subject = new TextSubject(Goal.MASKED, shape, place.resolve("text.txt"), tokenizer, 4, 4);
    return new TrainingPlan(subject, place, Optional.empty(), TRAINING_STEPS, 1e-2, 5, 1, 1, every);
  }

  private static void export(Path out, IntConsumer within) {
    ExportSettings usual = ExportSettings.DEFAULT;
    var settings =
        new ExportSettings(
            usual.view(),
            usual.map(),
            usual.theme(),
            new PictureSize(320, 200, 1),
            usual.from(),
            usual.to(),
            usual.pace(),
            usual.fps(),
            usual.hold(),
            usual.easing(),
            usual.title(),
            usual.caption(),
            usual.legend());
    new Export(HandMade.history(), new TraceSource("story", ""), settings)
        .write(out, false, (pictures, all) -> within.accept(pictures));
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }
}
