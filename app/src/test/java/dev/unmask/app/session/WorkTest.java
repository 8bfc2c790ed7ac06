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
import dev.unmask.engine.trace.TokenRecord;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
  private final Session session = new Session(Starters.of(_ -> ScriptedRun.finished()));

  @TempDir private Path folder;

  @BeforeAll
  static void quietly() {
    FAULTS.setLevel(Level.OFF);
  }

  @Test
  void theLatestWinsAndWhatWasAskedForBeforeIsNotDone() {
    var work = new Work<String>();
    List<String> done = new ArrayList<>();
    work.start(later::add, _ -> done.add("first"));
    work.start(later::add, _ -> done.add("second"));
    assertThat(work.goesOn()).isTrue();
    later.forEach(Runnable::run);
    assertThat(work.goesOn()).isFalse();
    assertThat(done).containsExactly("second");
    assertThat(work.problem()).isEmpty();
  }

  @Test
  void whateverEndsItIsASentenceUnlessItWasGivenUp() {
    assertThat(problem(new InputException("The length is 0; give at least 1.")))
        .isEqualTo("The length is 0; give at least 1.");
    assertThat(problem(new IllegalStateException("broken"))).contains(FAULT, "broken");
    assertThat(problem(new StackOverflowError())).contains(FAULT, "StackOverflowError");
    assertThat(problem(new CancellationException())).isEmpty();
  }

  private static String problem(Throwable thrown) {
    var work = new Work<String>();
    work.start(
        Runnable::run,
        _ -> {
          switch (thrown) {
            case Error error -> throw error;
            case RuntimeException fault -> throw fault;
            default -> throw new AssertionError(thrown);
          }
        });
    return work.problem();
  }

  @Test
  void whatCameOfItStaysUntilSomethingNewCame() {
    var work = new Work<String>();
    assertThat(work.value()).isEmpty();
    work.start(Runnable::run, tell -> tell.accept("first"));
    assertThat(work.current()).contains("first");
    work.start(
        Runnable::run,
        _ -> {
          throw new InputException("No.");
        });
    assertThat(work.value()).contains("first");
    assertThat(work.current()).isEmpty();
    assertThat(work.problem()).isEqualTo("No.");
    work.start(later::add, tell -> tell.accept("second"));
    assertThat(work.problem()).isEmpty();
    later.removeFirst().run();
    assertThat(work.current()).contains("second");
    work.forget();
    assertThat(work.value()).isEmpty();
  }

  @Test
  void whatIsToldTooLateOfWhatWasAskedForBeforeIsNotHeard() {
    var work = new Work<String>();
    List<Consumer<String>> late = new ArrayList<>();
    work.start(Runnable::run, late::add);
    work.start(Runnable::run, tell -> tell.accept("second"));
    late.getFirst().accept("first");
    assertThat(work.value()).contains("second");
    late.clear();
    work.start(Runnable::run, late::add);
    work.cancel();
    late.getFirst().accept("what was done before it was given up");
    assertThat(work.value()).contains("what was done before it was given up");
  }

  @Test
  void aFaultInReadingATraceIsTold() throws IOException {
    var run = new RecordedRun(inAClosedPlace(), SamplerPermission.NONE);
    run.read(Runnable::run);
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FAILED);
    assertThat(run.progress().sentence()).contains(FAULT);
  }

  @Test
  void aFaultInComparingIsToldAndTheTwoThatAreShownStay() throws IOException {
    Path file = folder.resolve("story.trace.safetensors");
    TraceFile.write(file, HandMade.story());
    var runs = new RunFolder(folder, LocalDateTime::now);
    var list = new RunList(session, runs, Runnable::run);
    var compared = new CompareViewModel(session, list, List.of(), Runnable::run);
    session.watch(ScriptedRun.finished());
    session.pulse(0);
    compared.add(file);
    pulse(compared);
    var before = compared.pairProperty().get();
    assertThat(before).isPresent();
    compared.add(inAClosedPlace());
    pulse(compared);
    assertThat(compared.noteProperty().get()).contains(FAULT);
    assertThat(compared.pairProperty().get()).isEqualTo(before);
  }

  private static void pulse(CompareViewModel compared) {
    compared.pulse();
    compared.pulse();
  }

  @Test
  void aFaultInExportingIsTold() {
    var work = new Work<ExportTask.Progress>();
    work.start(Runnable::run, new ExportTask(null, ExportSettings.DEFAULT, null));
    assertThat(work.problem()).contains(FAULT);
    assertThat(work.goesOn()).isFalse();
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
    // One looks for the breakpoint and one for what the checks find; neither does so again.
    assertThat(tries).hasSize(2);
  }

  /** Was read well once, and cannot be read again. */
  private static History brokenLater() {
    HandMade story = HandMade.story();
    var reads = new AtomicInteger(Integer.MAX_VALUE);
    Trace<TokenState, TokenRecord> trace =
        new Trace<TokenState, TokenRecord>() {
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
          public TokenRecord step(int index) {
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
