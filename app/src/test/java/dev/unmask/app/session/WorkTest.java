package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.corruption.CorruptionViewModel;
import dev.unmask.app.corruption.NoisedText;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.ExportTask;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work beside the window, and that none of those who have some lets a fault vanish. */
class WorkTest {
  private static final String FAULT = "a fault in the program";

  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger FAULTS = Logger.getLogger(Fault.class.getName());

  private final List<Runnable> later = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Session session = new Session(Starters.of(_ -> ScriptedRun.finished()));

  @TempDir private Path folder;

  @BeforeAll
  static void quietly() {
    FAULTS.setLevel(Level.OFF);
  }

  @Test
  void theLatestWinsAndWhatWasAskedForBeforeIsNotDone() {
    var work = new Work(later::add);
    List<String> done = new ArrayList<>();
    work.start(() -> done.add("first"), told::add);
    work.start(() -> done.add("second"), told::add);
    assertThat(work.goesOn()).isTrue();
    later.forEach(Runnable::run);
    assertThat(work.goesOn()).isFalse();
    assertThat(done).containsExactly("second");
    assertThat(told).isEmpty();
  }

  @Test
  void whateverEndsItIsASentenceUnlessItWasGivenUp() {
    var work = new Work(Runnable::run);
    work.start(() -> fail(new InputException("The length is 0; give at least 1.")), told::add);
    work.start(() -> fail(new IllegalStateException("broken")), told::add);
    work.start(() -> fail(new StackOverflowError()), told::add);
    work.start(() -> fail(new CancellationException()), told::add);
    assertThat(told).hasSize(3);
    assertThat(told.get(0)).isEqualTo("The length is 0; give at least 1.");
    assertThat(told.get(1)).contains(FAULT, "broken");
    assertThat(told.get(2)).contains(FAULT, "StackOverflowError");
  }

  private static void fail(RuntimeException thrown) {
    throw thrown;
  }

  private static void fail(Error thrown) {
    throw thrown;
  }

  @Test
  void aFaultInReadingATraceIsTold() throws IOException {
    var run = new RecordedRun(inAClosedPlace(), SamplerPermission.NONE);
    run.read();
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FAILED);
    assertThat(run.progress().sentence()).contains(FAULT);
  }

  @Test
  void aFaultInComparingIsToldAndTheTwoThatAreShownStay() throws IOException {
    Path file = folder.resolve("story.trace.safetensors");
    TraceFile.write(file, HandMade.story());
    var runs = new RunFolder(folder, LocalDateTime::now);
    var branches = new Branches(session, runs, Runnable::run);
    var compared = new CompareViewModel(session, branches, List.of(), Runnable::run);
    session.watch(ScriptedRun.finished());
    session.pulse(0);
    compared.chosenProperty().set(Optional.of(file));
    pulse(compared);
    var before = compared.pairProperty().get();
    assertThat(before).isPresent();
    compared.chosenProperty().set(Optional.of(inAClosedPlace()));
    pulse(compared);
    assertThat(compared.noteProperty().get()).contains(FAULT);
    assertThat(compared.pairProperty().get()).isEqualTo(before);
  }

  private static void pulse(CompareViewModel compared) {
    compared.pulse();
    compared.pulse();
  }

  @Test
  void aFaultInExportingIsTold() throws Exception {
    var said = new CompletableFuture<String>();
    ExportTask task =
        ExportTask.start(
            HandMade.history(),
            0,
            null,
            Optional.empty(),
            ExportSettings.DEFAULT,
            null,
            said::complete);
    assertThat(said.get(20, TimeUnit.SECONDS)).contains(FAULT);
    assertThat(task.ended()).isTrue();
  }

  @Test
  void aFaultInMakingImagesIsTold() throws IOException {
    FileSystem closed = closed();
    var folders = new ModelFolders(closed.getPath("models"));
    var viewModel =
        new ImagesViewModel(
            session, new ImageWork(folders, Runnable::run, new RunFolder(folder, () -> null)));
    closed.close();
    viewModel.choice().modelProperty().set("emoji");
    viewModel.run();
    assertThat(viewModel.problem()).contains(FAULT);
    assertThat(viewModel.live()).isFalse();
  }

  @Test
  void aFaultInCorruptingIsToldAndTheTextThatIsShownStays() {
    var viewModel = new CorruptionViewModel(session, Alphabet.LETTERS, Runnable::run);
    viewModel.textProperty().set("a caterpillar");
    viewModel.pulse();
    NoisedText before = viewModel.noised().orElseThrow();
    viewModel.textProperty().set(null);
    viewModel.pulse();
    assertThat(viewModel.problem()).contains(FAULT);
    assertThat(viewModel.noised()).contains(before);
  }

  @Test
  void aFaultInSearchingABreakpointIsToldOnceAndNotTriedAgain() {
    var tries = new ArrayList<Runnable>();
    var searching =
        new Session(
            Starters.of(_ -> ScriptedRun.finished()),
            job -> {
              tries.add(job);
              job.run();
            });
    var broken = new ScriptedRun();
    broken.shows(Run.Phase.FINISHED, brokenLater());
    searching.watch(broken);
    searching.debugger().breakpoints().add("commit");
    for (int i = 0; i < 5; i++) {
      searching.pulse(0);
    }
    assertThat(searching.debugger().toldProperty().get()).contains(FAULT);
    assertThat(tries).hasSize(1);
  }

  /** Was read well once, and cannot be read again. */
  private static History brokenLater() {
    HandMade story = HandMade.story();
    var reads = new AtomicInteger(Integer.MAX_VALUE);
    Trace trace =
        new Trace() {
          @Override
          public TraceHeader header() {
            return story.header();
          }

          @Override
          public int steps() {
            return story.steps();
          }

          @Override
          public TokenState state(int index) {
            return story.state(index);
          }

          @Override
          public StepRecord step(int index) {
            if (reads.decrementAndGet() < 0) {
              throw new IllegalStateException("closed");
            }
            return story.step(index);
          }
        };
    var history = new History(trace, HandMade.storyPlan());
    history.grow();
    reads.set(0);
    return history;
  }

  private Path inAClosedPlace() throws IOException {
    FileSystem closed = closed();
    Path file = closed.getPath("a.trace.safetensors");
    closed.close();
    return file;
  }

  /** What is in it throws something that nobody expects, once it is closed. */
  private FileSystem closed() throws IOException {
    Path zip = folder.resolve("closed.zip");
    return FileSystems.newFileSystem(zip, Map.of("create", "true"));
  }
}
