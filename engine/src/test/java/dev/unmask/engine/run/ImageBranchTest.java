package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Segment;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every listed sampler goes on from any of its steps, as it was or with a change. */
class ImageBranchTest {
  private static final RunModel.Images MODEL =
      new RunModel.Images(new TraceHeader.Model("normal", ""), new NormalPixels(6));
  private static final TraceHeader.Parent PARENT = new TraceHeader.Parent("0".repeat(64), 0);
  private static final OptionalLong SAME_SEED = OptionalLong.empty();

  @TempDir private Path folder;

  static Stream<ImageSamplerKind> fromNoise() {
    return ImageSamplers.ALL.stream().filter(kind -> kind.beginning() == Beginning.NOISE);
  }

  @ParameterizedTest
  @FieldSource("dev.unmask.engine.sampler.ImageSamplers#ALL")
  void aRunThatIsResumedAtAnyStepIsTheOneThatWasNotStopped(ImageSamplerKind kind) {
    Trace<BatchState, ImageRecord> whole = finished(kind);
    assertThat(whole.steps()).isGreaterThan(2);
    for (int step = 0; step <= whole.steps(); step++) {
      ImageRun run = ImageRun.resume(MODEL, whole, step);
      assertThat(run.plannedSteps()).isEqualTo(whole.steps());
      run.finish(_ -> {});
      assertSame(run.trace(), whole);
      assertSame(branch(whole, step, Optional.empty(), Map.of(), SAME_SEED), whole);
    }
  }

  @ParameterizedTest
  @FieldSource("dev.unmask.engine.sampler.ImageSamplers#ALL")
  void aStoppedRunsStepsBecomeTheFileThatItWouldHaveBecome(ImageSamplerKind kind)
      throws IOException {
    Trace<BatchState, ImageRecord> whole = finished(kind);
    Path uninterrupted = folder.resolve("whole" + TraceFile.EXTENSION);
    TraceFile.write(uninterrupted, whole);
    Path file = folder.resolve("stopped" + TraceFile.EXTENSION);
    ImageRun first = start(kind);
    try (var recorder = TraceRecorder.create(file, first.trace())) {
      recorder.append(first.step());
      recorder.append(first.step());
    }
    try (var part = TraceKind.IMAGES.open(TraceRecorder.partOf(file))) {
      ImageRun run = ImageRun.resume(MODEL, part, part.steps());
      run.finish(_ -> {});
      TraceFile.write(file, run.trace());
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(uninterrupted));
  }

  @ParameterizedTest
  @MethodSource("fromNoise")
  void anotherSamplerTakesOverAtTheStartInTheMiddleAndNearTheEnd(ImageSamplerKind kind) {
    for (ImageSamplerKind first : List.of(kind("dpm-solver++"), kind("heun"), kind("unipc"))) {
      Trace<BatchState, ImageRecord> whole = finished(first);
      for (int step : new int[] {0, whole.steps() / 2, whole.steps() * 3 / 4}) {
        Trace<BatchState, ImageRecord> branch =
            branch(whole, step, Optional.of(kind.name()), fine(kind), SAME_SEED);
        assertThat(branch.steps()).isGreaterThan(step);
        for (int before = 0; before < step; before++) {
          assertSame(branch.state(before), whole.state(before));
        }
        assertThat(branch.state(branch.steps()).x()).doesNotContain(Float.NaN);
        assertRepeats(branch);
      }
    }
  }

  @Test
  void aSamplerThatTakesOverAtTheStartMakesWhatItWouldMakeAlone() {
    Trace<BatchState, ImageRecord> whole = finished(kind("ddim"));
    for (String other : List.of("euler", "ddpm", "edm-dpm-solver")) {
      Map<String, String> settings = settings(kind(other));
      Trace<BatchState, ImageRecord> branch =
          branch(whole, 0, Optional.of(other), settings, SAME_SEED);
      assertSame(branch, finished(kind(other)));
    }
  }

  /** Where both solvers end is where the one ends whose steps are as fine as can be. */
  @Test
  void aSolverThatTakesOverEndsNearWhereTheExactSolutionDoes() {
    Map<String, String> fine = Map.of("steps", "200");
    float[] exact = last(run(plan(kind("dpm-solver++"), fine, 0).start(MODEL)));
    Trace<BatchState, ImageRecord> whole =
        run(plan(kind("ddim"), Map.of("steps", "100"), 0).start(MODEL));
    for (String other : List.of("euler", "heun", "unipc", "flow-euler", "dpm-solver++")) {
      float[] end = last(branch(whole, 37, Optional.of(other), fine, SAME_SEED));
      for (int i = 0; i < end.length; i++) {
        assertThat(end[i]).as(other).isCloseTo(exact[i], within(0.03f));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("dev.unmask.engine.sampler.ImageSamplers#ALL")
  void guidanceAndSeedCanBeChangedAtTheStartInTheMiddleAndBeforeTheEnd(ImageSamplerKind kind) {
    Trace<BatchState, ImageRecord> whole = finished(kind);
    for (int step : new int[] {0, whole.steps() / 2, whole.steps() - 1}) {
      Trace<BatchState, ImageRecord> pushed =
          branch(whole, step, Optional.empty(), Map.of("guidance", "3"), SAME_SEED);
      assertThat(pushed.steps()).isEqualTo(whole.steps());
      assertThat(pushed.state(step).x()).isEqualTo(whole.state(step).x());
      assertThat(pushed.step(step).evaluations()).isEqualTo(2 * (step + 1) - step);
      assertThat(pushed.step(step).predicted()).isNotEqualTo(whole.step(step).predicted());
      assertRepeats(pushed);
      Trace<BatchState, ImageRecord> otherwise =
          branch(whole, step, Optional.empty(), Map.of(), OptionalLong.of(99));
      assertThat(otherwise.state(step).x()).isEqualTo(whole.state(step).x());
      assertRepeats(otherwise);
    }
  }

  @Test
  void anotherSeedChangesWhatIsDrawnFromThenOnAlone() {
    Trace<BatchState, ImageRecord> whole = finished(kind("ddpm"));
    Trace<BatchState, ImageRecord> branch =
        branch(whole, 3, Optional.empty(), Map.of(), OptionalLong.of(99));
    assertThat(branch.state(3).x()).isEqualTo(whole.state(3).x());
    assertThat(branch.step(3).predicted().orElseThrow())
        .isEqualTo(whole.step(3).predicted().orElseThrow());
    assertThat(branch.state(4).x()).isNotEqualTo(whole.state(4).x());
    assertThat(branch.header().seed()).isEqualTo(7);
    assertThat(branch.header().seedAt(2)).isEqualTo(7);
    assertThat(branch.header().seedAt(3)).isEqualTo(99);
  }

  @Test
  void aBranchOfABranchIsWrittenOpenedAndGoesOn() {
    Trace<BatchState, ImageRecord> whole = finished(kind("unipc"));
    Trace<BatchState, ImageRecord> first =
        branch(whole, 2, Optional.empty(), Map.of("guidance", "2"), OptionalLong.of(8));
    Trace<BatchState, ImageRecord> second =
        branch(first, 4, Optional.of("euler-ancestral"), Map.of("steps", "9"), SAME_SEED);
    Path file = folder.resolve("branch" + TraceFile.EXTENSION);
    TraceFile.write(file, second);
    try (var read = TraceKind.IMAGES.open(file)) {
      assertThat(read.header()).isEqualTo(second.header());
      assertThat(read.header().segments()).extracting(Segment::fromStep).containsExactly(0, 2, 4);
      assertThat(read.header().seedAt(5)).isEqualTo(8);
      assertThat(read.header().segments().getLast().settings()).containsEntry("guidance", 2.0);
      assertThat(read.header().parent()).contains(PARENT);
      for (int step = 0; step <= read.steps(); step++) {
        ImageRun run = ImageRun.resume(MODEL, read, step);
        run.finish(_ -> {});
        assertSame(run.trace(), second);
      }
    }
  }

  @Test
  void theProcessStaysWithASamplerThatGoesWithIt() {
    Trace<BatchState, ImageRecord> whole =
        run(plan(kind("ddim"), Map.of("steps", "8", "process", "flow"), 1).start(MODEL));
    Trace<BatchState, ImageRecord> branch =
        branch(whole, 4, Optional.of("unipc"), Map.of(), SAME_SEED);
    assertThat(branch.header().segments().getLast().settings())
        .containsEntry("process", "flow")
        .containsEntry("steps", 50)
        .containsEntry("guidance", 1.0);
  }

  @Test
  void aRunThatBeganWithAnImageGoesOnToo() {
    float[] clean = {-1, -0.5f, 0, 0.25f, 0.5f, 1};
    float[] noise = Normals.draw(6, Purpose.START, new Philox(9, 0));
    var start = new Start.Given(clean, noise, 0.6, "an image");
    Map<String, String> settings = Map.of("steps", "20", "eta", "1");
    var plan = new AskedImages(kind("ddim"), settings, List.of(2), 0, 7, Optional.of(start));
    Trace<BatchState, ImageRecord> whole = run(plan.start(MODEL));
    assertThat(whole.steps()).isBetween(10, 14);
    for (int step = 0; step <= whole.steps(); step++) {
      ImageRun run = ImageRun.resume(MODEL, whole, step);
      run.finish(_ -> {});
      assertSame(run.trace(), whole);
    }
    assertRepeats(branch(whole, 3, Optional.of("euler"), Map.of(), SAME_SEED));
    refuses("no predicted image at step 0", whole, 0, Optional.of("euler"), Map.of());
  }

  @Test
  void whatCannotBeIsRefused() {
    Trace<BatchState, ImageRecord> whole = finished(kind("ddim"));
    int end = whole.steps();
    refuses("branch at one of 0 to " + end, whole, end + 1, Optional.empty(), Map.of());
    refuses("no noise is left for the sampler euler", whole, end, Optional.of("euler"), Map.of());
    refuses(
        "no noise is left for the sampler ddim",
        whole,
        end,
        Optional.empty(),
        Map.of("guidance", "2"));
    refuses("cannot take turns", whole, 2, Optional.of("ddim-inversion"), Map.of());
    refuses("cannot take turns", whole, 0, Optional.of("ddim-inversion"), Map.of());
    refuses("no image sampler 'llada'", whole, 2, Optional.of("llada"), Map.of());
    refuses("no setting 'block'", whole, 2, Optional.empty(), Map.of("block", "2"));
    refuses("guidance", whole, 2, Optional.empty(), Map.of("guidance", "-1"));
    assertThatThrownBy(
            () ->
                new Branch(
                        PARENT, 1, List.of(Edit.set(0, 1)), Optional.empty(), Map.of(), SAME_SEED)
                    .of(whole, MODEL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no tokens to change");
    var other = new RunModel.Images(new TraceHeader.Model("normal", "ab"), MODEL.denoiser());
    assertThatThrownBy(() -> ImageRun.resume(other, whole, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another version of the model normal");
    var larger = new RunModel.Images(MODEL.identity(), new NormalPixels(7));
    assertThatThrownBy(() -> ImageRun.resume(larger, whole, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another size");
  }

  @Test
  void aTraceThatDoesNotSayWhoTookItsStepsIsNotGoneOnWith() {
    Trace<BatchState, ImageRecord> whole = finished(kind("ddim"));
    Segment first = whole.header().segments().getFirst();
    Segment later = new Segment(3, "ddim", first.settings(), List.of());
    assertThatThrownBy(() -> ImageRun.resume(MODEL, with(whole, List.of()), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("names no sampler");
    for (List<Segment> wrong :
        List.of(List.of(later), List.of(first, later, later), List.of(first, first))) {
      assertThatThrownBy(() -> ImageRun.resume(MODEL, with(whole, wrong), 4))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("out of its order");
    }
    Segment unknown = new Segment(0, "nobody", first.settings(), List.of());
    assertThatThrownBy(() -> ImageRun.resume(MODEL, with(whole, List.of(unknown)), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no image sampler 'nobody'");
    Segment shorter = new Segment(0, "ddim", Map.of("steps", 2), List.of());
    ImageRun over = ImageRun.resume(MODEL, with(whole, List.of(shorter)), 4);
    assertThat(over.finished()).isTrue();
    assertThat(over.plannedSteps()).isEqualTo(4);
  }

  private static Trace<BatchState, ImageRecord> with(
      Trace<BatchState, ImageRecord> trace, List<Segment> segments) {
    TraceHeader old = trace.header();
    var header =
        new TraceHeader(
            old.model(),
            old.content(),
            old.noise(),
            old.random(),
            old.seed(),
            segments,
            old.parent(),
            old.source(),
            old.version());
    var other = new RecordedTrace<BatchState, ImageRecord>(header, trace.state(0));
    for (int step = 0; step < trace.steps(); step++) {
      other.append(trace.step(step));
    }
    return other;
  }

  private static void refuses(
      String words,
      Trace<BatchState, ImageRecord> trace,
      int step,
      Optional<String> sampler,
      Map<String, String> settings) {
    assertThatThrownBy(() -> branch(trace, step, sampler, settings, SAME_SEED))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  private static void assertRepeats(Trace<BatchState, ImageRecord> trace) {
    ImageRun again = ImageRun.resume(MODEL, trace, 0);
    again.finish(_ -> {});
    assertSame(again.trace(), trace);
  }

  private static void assertSame(
      Trace<BatchState, ImageRecord> one, Trace<BatchState, ImageRecord> other) {
    assertThat(one.steps()).isEqualTo(other.steps());
    for (int step = 0; step <= other.steps(); step++) {
      assertSame(one.state(step), other.state(step));
      if (step < other.steps()) {
        ImageRecord ours = one.step(step);
        ImageRecord theirs = other.step(step);
        assertThat(ours.predicted().orElseThrow()).isEqualTo(theirs.predicted().orElseThrow());
        assertThat(ours.noise().orElse(new float[0]))
            .isEqualTo(theirs.noise().orElse(new float[0]));
        assertThat(ours.evaluations()).isEqualTo(theirs.evaluations());
      }
    }
  }

  private static void assertSame(BatchState one, BatchState other) {
    assertThat(one.x()).isEqualTo(other.x());
    assertThat(new double[] {one.time(), one.alpha(), one.sigma()})
        .isEqualTo(new double[] {other.time(), other.alpha(), other.sigma()});
  }

  private static Trace<BatchState, ImageRecord> branch(
      Trace<BatchState, ImageRecord> trace,
      int step,
      Optional<String> sampler,
      Map<String, String> settings,
      OptionalLong seed) {
    var branch = new Branch(PARENT, step, List.of(), sampler, settings, seed);
    return run(ImageRun.resume(MODEL, branch.of(trace, MODEL), step));
  }

  private static Trace<BatchState, ImageRecord> finished(ImageSamplerKind kind) {
    return run(start(kind));
  }

  private static Trace<BatchState, ImageRecord> run(ImageRun run) {
    run.finish(_ -> {});
    return run.trace();
  }

  private static ImageRun start(ImageSamplerKind kind) {
    return plan(kind, settings(kind), 0).start(MODEL);
  }

  /** As random as it can be, so that a step that draws other numbers is seen. */
  private static Map<String, String> settings(ImageSamplerKind kind) {
    Map<String, String> settings = new HashMap<>(Map.of("steps", "6"));
    kind.settings().stream()
        .filter(setting -> setting.name().equals("order"))
        .forEach(_ -> settings.put("order", "3"));
    switch (kind.name()) {
      case "ddim" -> settings.put("eta", "1");
      case "walk-back" -> settings.putAll(Map.of("noise", "gaussian", "sigma", "0.2"));
      case "annealed-langevin" -> settings.put("steps-each", "2");
      default -> {}
    }
    return settings;
  }

  /** With a step at which nearly no noise is left. */
  private static Map<String, String> fine(ImageSamplerKind kind) {
    Map<String, String> settings = settings(kind);
    settings.put("steps", "50");
    settings.computeIfPresent("sigma", (_, _) -> "0.01");
    return settings;
  }

  private static AskedImages plan(
      ImageSamplerKind kind, Map<String, String> settings, double guidance) {
    Optional<Start.Given> start =
        kind.beginning() == Beginning.IMAGE
            ? Optional.of(
                new Start.Given(
                    new float[] {-1, -0.5f, 0, 0.25f, 0.5f, 1}, new float[6], 0, "an image"))
            : Optional.empty();
    return new AskedImages(kind, settings, List.of(1), guidance, 7, start);
  }

  private static ImageSamplerKind kind(String name) {
    return ImageSamplers.named(name);
  }

  private static float[] last(Trace<BatchState, ImageRecord> trace) {
    return trace.state(trace.steps()).x();
  }
}
