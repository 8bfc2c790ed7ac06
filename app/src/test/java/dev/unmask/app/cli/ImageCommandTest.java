package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void aRunIsRecordedAndPainted() throws IOException {
    String line =
        "image --model emoji --class animals --images 3 --steps 5 --seed 4 --trace a --out a.png";
    assertThat(run(line)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("ddim on emoji · 3 images of 32 × 32 · vp-linear noise · steps 5 · NFE 5")
        .contains("All steps are in", "painted in");
    try (var trace = TraceKind.IMAGES.open(folder.resolve("a"))) {
      assertThat(trace.steps()).isEqualTo(5);
      assertThat(trace.header().images().labels()).containsExactly(2, 2, 2);
      assertThat(trace.header().seed()).isEqualTo(4);
    }
    assertThat(ImageIO.read(folder.resolve("a.png").toFile()).getWidth())
        .isEqualTo(2 * (32 * 4 + 2) + 2);
  }

  @Test
  void theSameSeedWritesTheSameTraceOnAnyNumberOfThreads() throws IOException {
    for (int threads : new int[] {1, 2}) {
      run(
          "image --model fashion --images 2 --steps 2 --threads %d --trace %d"
              .formatted(threads, threads));
    }
    assertThat(err.toString()).isEmpty();
    assertThat(Files.mismatch(folder.resolve("1"), folder.resolve("2"))).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "image"})
  void whatWasCorruptedIsDenoisedFromThereAndCompared(String command) {
    run("corrupt --image 12 --model emoji --noise flow --t 0.5 --steps 20 --trace a --out a.png");
    assertThat(out.toString()).contains("1 image of 32 × 32 · flow · t 0.500 · alpha 0.5000");
    assertThat(run(command + " --from a --trace b")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("ddim on emoji", "flow noise")
        .containsPattern(
            "Correlation with the original 0\\.\\d+ as corrupted, (0.99|1.00)\\d as it");
    try (var trace = TraceKind.IMAGES.open(folder.resolve("b"))) {
      assertThat(trace.header().source()).contains("denoised from t 0.500");
    }
  }

  @Test
  void aBranchGoesOnWithAnotherSolverGuidanceAndSeedAndIsVerified() throws IOException {
    run("image --model fashion --class sneaker --images 2 --steps 4 --trace a");
    String change = " --sampler euler-ancestral --set steps=5 --set guidance=1 --seed 9";
    assertThat(run("branch a --at 2 --trace b --out b.png" + change)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("euler-ancestral on fashion", "seed 9", "painted in");
    try (var parent = TraceKind.IMAGES.open(folder.resolve("a"));
        var branch = TraceKind.IMAGES.open(folder.resolve("b"))) {
      assertThat(branch.state(1).x()).isEqualTo(parent.state(1).x());
      assertThat(branch.header().images().labels()).containsExactly(7, 7);
      assertThat(branch.header().parent().orElseThrow().step()).isEqualTo(2);
      assertThat(branch.step(2).evaluations()).isEqualTo(4);
    }
    Files.move(folder.resolve("b"), folder.resolve("b.trace.safetensors"));
    assertThat(run("verify b.trace.safetensors")).as(out.toString()).isZero();
    assertThat(out.toString()).contains("1 of 1 equal");
  }

  @Test
  void whatWasStoppedIsTakenToItsEnd() throws IOException {
    run("image --model emoji --sampler unipc --images 2 --steps 6 --trace whole");
    Path part = folder.resolve("stopped.part");
    try (var whole = TraceKind.IMAGES.open(folder.resolve("whole"));
        var recorder =
            TraceRecorder.create(
                folder.resolve("stopped"), new RecordedTrace<>(whole.header(), whole.state(0)))) {
      for (int step = 0; step < 4; step++) {
        recorder.append(whole.step(step));
      }
    }
    assertThat(run("branch stopped.part --at 4 --trace end")).as(err.toString()).isZero();
    assertThat(part).exists();
    try (var whole = TraceKind.IMAGES.open(folder.resolve("whole"));
        var end = TraceKind.IMAGES.open(folder.resolve("end"))) {
      assertThat(end.steps()).isEqualTo(6);
      for (int step = 0; step <= 6; step++) {
        assertThat(end.state(step).x()).isEqualTo(whole.state(step).x());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "branch a --at 9                     | The trace has 2 steps and not 9",
        "branch a --at 2 --sampler euler     | no noise is left for the sampler euler",
        "branch a --at 1 --sampler llada     | no image sampler 'llada'",
        "branch a --at 1 --set eta=2         | eta is '2'",
        "branch a --at 1 --set guidance=-1   | guidance is '-1'",
        "branch a --at 1 --sampler ddim-inversion | cannot take turns",
        "branch a --at 1 --remask 3          | which have no tokens; leave --force",
        "branch a --at 1 --model fashion     | another version of the model emoji",
      })
  void aBranchOfImagesThatCannotBeIsRefusedInASentence(String line, String sentence) {
    run("image --model emoji --images 1 --steps 2 --trace a");
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString().strip().lines()).singleElement().asString().contains(sentence);
  }

  @Test
  void theNoiseOfAnImageIsFoundAndNotComparedWithIt() {
    run("corrupt --image 12 --model emoji --t 0.5 --steps 2 --trace a");
    assertThat(run("image --sampler ddim-inversion --steps 3 --from a")).isZero();
    assertThat(out.toString()).contains("ddim-inversion on emoji").doesNotContain("Correlation");
  }

  @Test
  void masksAreTakenAwayOnce() throws IOException {
    var picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", folder.resolve("half.png").toFile());
    run("corrupt --image half.png --model fashion-autoencoder --noise masking --t 0.3 --trace a");
    assertThat(out.toString()).contains("30 % of the pixels black");
    assertThat(run("image --from a")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("walk-back on fashion-autoencoder", "steps 1 ", "Nothing is kept");
  }

  @Test
  void aPictureFileAndARecordedRunCanBeCorrupted() throws IOException {
    var picture = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(50, 0, 100, 200);
    graphics.dispose();
    ImageIO.write(picture, "png", folder.resolve("half.png").toFile());
    run("corrupt --image half.png --model emoji --t 0 --trace a");
    run("corrupt --image a --model emoji --noise ve --t 0.1 --trace b");
    assertThat(err.toString()).isEmpty();
    try (var first = TraceKind.IMAGES.open(folder.resolve("a"));
        var second = TraceKind.IMAGES.open(folder.resolve("b"))) {
      assertThat(first.state(0).x()).startsWith(1f).endsWith(-1f).hasSize(3 * 32 * 32);
      assertThat(second.state(0).x()).isEqualTo(first.state(0).x());
      assertThat(second.state(1).x()).isNotEqualTo(first.state(0).x());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image --model nope                          | neither a bundled model",
        "image --sampler nope                        | no image sampler 'nope'",
        "image --model emoji --set foo=1             | no setting 'foo'",
        "image --model emoji --steps 0               | steps is '0'",
        "image --model emoji --set process=pink      | process is 'pink'",
        "image --threads 0                           | --threads is '0'",
        "image --guidance NaN                        | guidance is 'NaN'",
        "image --images 0                            | --images is '0'",
        "image --model emoji --class dragon          | no class 'dragon'; there are 0 to 9: faces",
        "image --model emoji --class 10              | no class '10'",
        "image --model emoji --sampler ddim-inversion | give it one to start from",
        "image --model fashion --sampler walk-back   | was not made for the noise",
        "image --model emoji --out a.jpg             | does not end in .png",
        "image --model emoji --trace no/a            | folder is not there",
        "image --from a                              | is not a file",
        "corrupt --image 1000000 --model emoji       | image that the model emoji knows (0 to",
        "corrupt --image nope                        | neither a picture's file",
        "corrupt --image 1 --noise pink              | no noise 'pink' of images",
        "corrupt --image 1 --t 2                     | --t is 2.0",
        "corrupt --image 1 --steps 0                 | --steps is '0'",
        "corrupt --image 1 --ask 3                   | for texts alone",
        "bench image --sampler nope                  | no image sampler 'nope'",
        "bench image --images 0                      | --images is '0'",
        "bench image --model nope                    | neither a bundled model",
      })
  void aMistakeIsToldInOneSentenceAndExitsWithTwo(String line, String sentence) {
    assertThat(run(line)).isEqualTo(2);
    // A wrong argument is followed by where to look up the right ones.
    List<String> said = err.toString().lines().filter(each -> !each.startsWith("Try '")).toList();
    assertThat(said).singleElement().asString().contains(sentence);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsNoPictureIsToldInASentence() throws IOException {
    Files.writeString(folder.resolve("a.png"), "no picture");
    assertThat(run("corrupt --image a.png")).isEqualTo(2);
    run("image --model emoji --images 1 --steps 1 --trace b");
    assertThat(run("run --from b")).isEqualTo(2);
    run("corrupt --image 1 --model emoji --t 0.5 --trace c");
    assertThat(run("image --model fashion --from c")).isEqualTo(2);
    assertThat(run("image --sampler flow-euler --from c")).isEqualTo(2);
    assertThat(err.toString().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("is no picture of a known kind"),
            line -> assertThat(line).contains("no corruption of images"),
            line -> assertThat(line).contains("choose the model emoji"),
            line -> assertThat(line).contains("choose ddim"));
  }

  @Test
  void aRecordedRunIsRepeatedAndComparedStepByStep() {
    run("image --model emoji --images 2 --steps 4 --seed 3 --trace a.trace.safetensors");
    assertThat(run("verify a.trace.safetensors")).as(out.toString()).isZero();
    Path changed = folder.resolve("b.trace.safetensors");
    try (var trace = TraceKind.IMAGES.open(folder.resolve("a.trace.safetensors"))) {
      float[] last = trace.state(4).x().clone();
      last[7] += 0.01f;
      RecordedTrace<BatchState, ImageRecord> copy =
          new RecordedTrace<>(trace.header(), trace.state(0));
      for (int i = 0; i < 3; i++) {
        copy.append(trace.step(i));
      }
      var end = new BatchState(last, 0, 1, 0);
      copy.append(new ImageRecord(trace.step(3).predicted(), trace.step(3).noise(), end, 4));
      TraceFile.write(changed, copy);
    }
    assertThat(run("verify b.trace.safetensors")).isEqualTo(1);
    assertThat(out.toString()).contains("step 4, value 7: ");
    run("corrupt --image 12 --model emoji --t 0.5 --steps 2 --trace c.trace.safetensors");
    assertThat(run("verify c.trace.safetensors")).isEqualTo(1);
    assertThat(out.toString()).contains("unchecked").contains("nothing was sampled in it");
  }

  @Test
  void aRunThatHasNoStepToTakeSaysSoAndNoTime() {
    try (ImageFolder model = ImageJob.open("emoji", 1)) {
      float[] image = new float[model.denoiser().shape().values()];
      var given = new Start.Given(image, image, 0, "clean");
      var start = new Start.Images(List.of(0), Optional.of(given));
      var plan = new RunPlan<>(ImageSamplers.named("ddim"), Map.of(), 1);
      Path trace = folder.resolve("a");
      new ImageOutput(
              Optional.of(trace),
              Optional.of(folder.resolve("a.png")),
              new PrintWriter(out),
              new PrintWriter(err))
          .play(ImageRun.start(RunModel.of(model), start, plan));
      assertThat(out.toString().lines().findFirst())
          .hasValue(
              "ddim on emoji · 1 image of 32 × 32 · vp-linear noise · steps 0 · NFE 0 · seed 1");
      try (var recorded = TraceKind.IMAGES.open(trace)) {
        assertThat(recorded.steps()).isZero();
      }
      assertThat(folder.resolve("a.png")).isNotEmptyFile();
    }
  }

  @Test
  void stepsAreMeasured() {
    assertThat(run("bench image --model emoji --steps 2 --images 1")).isZero();
    assertThat(out.toString().lines().map(line -> line.split(" {2,}| of version")[0]))
        .containsExactly(
            "ddim on emoji, 1 images, %d threads; medians of 1 runs"
                .formatted(Runtime.getRuntime().availableProcessors()),
            "kernels",
            "ms a step",
            "slowest step, ms",
            "processor, ms a step",
            "images a second",
            "steps",
            "NFE",
            "denoiser, %",
            "sampler, %",
            "statistics, %",
            "recording, %");
  }

  /** Files are those of the folder. */
  private int run(String line) {
    String inFolder =
        line.replaceAll("(--trace|--out|--from|verify|branch) ", "$1 " + folder + "/");
    String pictures =
        inFolder.replaceAll("--image (a.png|half.png|a) ?", "--image " + folder + "/$1 ");
    return Unmask.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(pictures.strip().split(" +"));
  }
}
