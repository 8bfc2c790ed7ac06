package dev.unmask.app.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.images.ImageOrigin.Clean;
import dev.unmask.app.session.ImageWork;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.app.tokens.Forms;
import dev.unmask.engine.checkpoint.Sha256;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecentSteps;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the bundled emoji, made at once. */
class ImagesViewModelTest {
  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private RunFolder runs;
  private ImagesViewModel viewModel;

  @BeforeEach
  void makeThem(@TempDir Path home) {
    runs = new RunFolder(home, LocalDateTime::now);
    var work = new ImageWork(session.images().folders(), Runnable::run, runs);
    viewModel = new ImagesViewModel(session, work);
    viewModel.choice().modelProperty().set("emoji");
    viewModel.choice().images().textProperty().set("2");
    type("steps", "5");
    viewModel.pulse(0);
  }

  private void type(String name, String text) {
    viewModel.choice().fields().stream()
        .filter(field -> field.name().equals(name))
        .forEach(field -> field.textProperty().set(text));
  }

  private ImageFrame batch() {
    return viewModel.batch().orElseThrow();
  }

  @Test
  void makesImagesAsSoonAsItIsLookedAt() {
    assertThat(batch().recorded()).isEqualTo(5);
    assertThat(batch().shape().images()).isEqualTo(2);
    assertThat(viewModel.problem()).isEmpty();
    assertThat(viewModel.progress()).isEqualTo(1);
    assertThat(viewModel.classes()).contains("hearts");
  }

  @Test
  void goesThroughTheStepsWithoutMakingThemAgain() {
    ImageFrame first = batch();
    viewModel.seek(0);
    assertThat(batch().time()).isGreaterThan(0.99);
    viewModel.seek(5);
    assertThat(batch().time()).isZero();
    assertThat(batch().trace()).isSameAs(first.trace());
  }

  @Test
  void followsTheTimeOfTheRunUntilItLeads() {
    session.start(Forms.of(1).request());
    session.pulse(0);
    session.playhead().seek(0);
    session.pulse(0);
    viewModel.pulse(0);
    assertThat(batch().step()).isZero();
    session.playhead().end();
    session.pulse(0);
    viewModel.pulse(0);
    assertThat(batch().step()).isPositive();
    int followed = batch().step();
    session.lead(viewModel);
    assertThat(batch().step()).isEqualTo(followed);
    viewModel.seek(2);
    viewModel.pulse(0);
    assertThat(batch().step()).isEqualTo(2);
    double time = batch().time();
    session.lead(session.steps());
    session.pulse(0);
    assertThat(session.steps().time().orElseThrow()).isCloseTo(time, within(0.15));
  }

  @Test
  void bringsAnImageBackFromWhereItWasNoisedTo() {
    Clean face = viewModel.origins().get(1);
    viewModel.origin().cleanProperty().set(Optional.of(face));
    viewModel.origin().timeProperty().set(0.3);
    RoundTrip before = viewModel.trip().orElseThrow();
    assertThat(before.distance()).isEmpty();
    assertThat(viewModel.trip().orElseThrow()).isSameAs(before);
    viewModel.origin().timeProperty().set(0.4);
    assertThat(viewModel.trip().orElseThrow().noised()).isNotEqualTo(before.noised());
    viewModel.run();
    viewModel.pulse(0);
    assertThat(batch().trace().header().source()).contains(face.name());
    assertThat(batch().trace().state(0).time()).isLessThan(0.5);
    assertThat(viewModel.trip().orElseThrow().distance().orElseThrow()).isLessThan(0.01);
  }

  @Test
  void showsImagesThatWereRecorded(@TempDir Path folder) {
    Path file = folder.resolve("images.trace.safetensors");
    TraceFile.write(file, batch().trace());
    session.open(file);
    session.pulse(0);
    viewModel.pulse(0);
    assertThat(session.pageProperty().get()).isEqualTo(ImagesPage.PAGE);
    session.pageProperty().set(null);
    session.open(file);
    assertThat(session.pageProperty().get()).isEqualTo(ImagesPage.PAGE);
    viewModel.pulse(0);
    assertThat(session.shownFileProperty().get()).contains(file);
    assertThat(batch().trace()).isInstanceOf(RecentSteps.class);
    assertThat(batch().trace().state(5).x()).hasSize(batch().shape().values());
  }

  @Test
  void imagesThatCannotBeReadWereNotShown(@TempDir Path folder) throws IOException {
    Path whole = folder.resolve("images.trace.safetensors");
    TraceFile.write(whole, batch().trace());
    String text = Files.readString(whole, StandardCharsets.ISO_8859_1);
    Path other = folder.resolve("other.trace.safetensors");
    Files.writeString(
        other, text.replace("unmask-trace/1", "unmask-trace/9"), StandardCharsets.ISO_8859_1);
    session.open(other);
    session.pulse(0);
    assertThat(viewModel.problem()).contains("other.trace.safetensors");
    assertThat(session.shownFileProperty().get()).isEmpty();
  }

  @Test
  void whatIsMadeIsRecorded() {
    Path file = runs.latest(9).getFirst();
    assertThat(file.getFileName().toString()).contains("emoji ddim 1").doesNotEndWith(".part");
    try (var recorded = TraceKind.IMAGES.open(file)) {
      assertThat(recorded.steps()).isEqualTo(5);
      assertThat(recorded.state(5).x()).isEqualTo(batch().trace().state(5).x());
      assertThat(recorded.header()).isEqualTo(batch().trace().header());
    }
    assertThat(new RecentRuns(runs, List.of()).files()).containsExactly(file);
  }

  @Test
  void whatWasMadeBeforeItWasGivenUpIsRecorded() {
    var givenUp = new AtomicBoolean();
    Executor thread =
        job -> {
          if (givenUp.get()) {
            Thread.currentThread().interrupt();
          }
          job.run();
          Thread.interrupted();
        };
    var other =
        new ImagesViewModel(session, new ImageWork(session.images().folders(), thread, runs));
    other.choice().modelProperty().set("emoji");
    other.run();
    givenUp.set(true);
    other.choice().seed().textProperty().set("77");
    other.run();
    assertThat(other.problem()).isEmpty();
    assertThat(runs.latest(9))
        .filteredOn(file -> file.toString().contains("emoji ddim 77"))
        .singleElement()
        .satisfies(file -> assertThat(TraceKind.IMAGES.is(file)).isTrue())
        .asString()
        .doesNotEndWith(".part");
  }

  @Test
  void branchesAtThePlayheadWithWhatTheFormHasOtherwise() {
    ImageFrame parent = batch();
    Path parentFile = runs.latest(9).getFirst();
    viewModel.seek(3);
    assertThat(viewModel.branchWords()).isEmpty();
    viewModel.choice().samplerProperty().set(ImageSamplers.named("euler-ancestral"));
    viewModel.choice().seed().textProperty().set("8");
    assertThat(viewModel.branchWords()).isEqualTo("sampler euler-ancestral, seed 8");
    viewModel.branch();
    viewModel.pulse(0);
    assertThat(viewModel.problem()).isEmpty();
    ImageFrame branch = batch();
    assertThat(branch.trace()).isNotSameAs(parent.trace());
    assertThat(branch.step()).isEqualTo(3);
    assertThat(branch.trace().state(2).x()).isEqualTo(parent.trace().state(2).x());
    assertThat(branch.trace().header().segments().getLast().sampler()).isEqualTo("euler-ancestral");
    assertThat(branch.trace().header().seedAt(3)).isEqualTo(8);
    assertThat(branch.trace().header().parent().orElseThrow().sha256())
        .isEqualTo(Sha256.of(parentFile));
    assertThat(runs.latest(9)).hasSize(2).anyMatch(file -> file.toString().contains("branch at 3"));
  }

  @Test
  void saysWhyABranchCannotBeginAndKeepsWhatIsThere() {
    ImageFrame parent = batch();
    viewModel.seek(5);
    viewModel.branch();
    assertThat(viewModel.problem()).startsWith("The run ended here; branch at an earlier step");
    viewModel.choice().samplerProperty().set(ImageSamplers.named("heun"));
    viewModel.branch();
    viewModel.pulse(0);
    assertThat(viewModel.problem()).contains("no noise is left for the sampler heun");
    assertThat(batch().trace()).isSameAs(parent.trace());
    viewModel.run();
    assertThat(viewModel.problem()).isEmpty();
  }

  @Test
  void whatIsOpenedFillsTheFormSoThatABranchGoesOnAsItDid(@TempDir Path folder) {
    viewModel.choice().samplerProperty().set(ImageSamplers.named("unipc"));
    viewModel.choice().seed().textProperty().set("12");
    viewModel.run();
    viewModel.pulse(0);
    Trace<BatchState, ImageRecord> whole = batch().trace();
    Path file = folder.resolve("stopped.trace.safetensors");
    try (var recorder =
        TraceRecorder.create(file, new RecordedTrace<>(whole.header(), whole.state(0)))) {
      recorder.append(whole.step(0));
      recorder.append(whole.step(1));
    }
    viewModel.choice().samplerProperty().set(ImageSamplers.named("ddpm"));
    viewModel.choice().seed().textProperty().set("13");
    session.open(TraceRecorder.partOf(file));
    viewModel.pulse(0);
    assertThat(viewModel.branchWords()).isEmpty();
    viewModel.seek(2);
    viewModel.branch();
    viewModel.pulse(0);
    assertThat(batch().recorded()).isEqualTo(5);
    assertThat(batch().trace().state(5).x()).isEqualTo(whole.state(5).x());
  }

  @Test
  void aRunOfAModelThatIsNotBundledIsNotBranched(@TempDir Path folder) {
    Trace<BatchState, ImageRecord> whole = batch().trace();
    TraceHeader header = whole.header();
    var elsewhere =
        new TraceHeader(
            new TraceHeader.Model("/somewhere/else", header.model().sha256()),
            header.content(),
            header.noise(),
            header.random(),
            header.seed(),
            header.segments(),
            header.parent(),
            header.source(),
            header.version());
    Path file = folder.resolve("elsewhere.trace.safetensors");
    TraceFile.write(file, new RecordedTrace<>(elsewhere, whole.state(0)));
    session.open(file);
    viewModel.pulse(0);
    viewModel.branch();
    assertThat(viewModel.problem()).contains("not a bundled one");
  }

  @Test
  void saysWhatDoesNotFitAndKeepsWhatIsThere() {
    ImageFrame before = batch();
    viewModel.choice().samplerProperty().set(ImageSamplers.named("ddim-inversion"));
    viewModel.run();
    viewModel.pulse(0);
    assertThat(viewModel.problem()).contains("give it one to start from");
    assertThat(batch().trace()).isSameAs(before.trace());
  }

  @Test
  void keepsWhatWasSetWhenTheSamplerChanges() {
    viewModel.choice().samplerProperty().set(ImageSamplers.named("heun"));
    assertThat(viewModel.choice().fields())
        .filteredOn(field -> field.name().equals("steps"))
        .allMatch(field -> field.textProperty().get().equals("5"));
    viewModel.run();
    viewModel.pulse(0);
    assertThat(batch().recorded()).isEqualTo(9);
  }
}
