package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.checkpoint.Sha256;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a small bundled model on an engine of their own. */
@Timeout(60)
class EngineRunsTest {
  private static final ModelFolders MODELS = new ModelFolders(Path.of("..", "assets", "models"));
  private static final RunRequest SHORT =
      new RunRequest("sentences", "", 6, "llada", Map.of("steps", "6", "temperature", "1.0"), 1);

  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger FAULTS = Logger.getLogger(Fault.class.getName());

  @TempDir private Path folder;
  private AllowedSamplers samplers;
  private EngineRuns runs;

  @BeforeEach
  void begin() {
    FAULTS.setLevel(Level.OFF);
    samplers = new AllowedSamplers(folder.resolve("samplers.json"), _ -> {});
    runs = new EngineRuns(MODELS, new RunFolder(folder, LocalDateTime::now), samplers);
  }

  @AfterEach
  void end() {
    runs.close();
  }

  @Test
  void aRunGoesOnAlthoughAnotherCannotBegin() throws Exception {
    Run shown = runs.start(SHORT);
    shown.goOn(_ -> Optional.of(stop()));
    engineIsDone();
    assertThat(shown.progress().sentence()).isEmpty();
    assertThat(shown.progress().phase()).isEqualTo(Run.Phase.PAUSED);
    Run other = runs.start(new RunRequest("sentences", "", 5000, "llada", Map.of(), 1));
    Run unknown = runs.start(new RunRequest("nope", "", 6, "llada", Map.of(), 1));
    engineIsDone();
    assertThat(other.progress().phase()).isEqualTo(Run.Phase.FAILED);
    assertThat(other.begun()).isFalse();
    assertThat(other.problem().orElseThrow().remedy())
        .containsInstanceOf(Problem.Remedy.Instead.class);
    assertThat(unknown.problem().orElseThrow().remedy())
        .contains(new Problem.Remedy.AnotherModel());
    shown.goOn(_ -> Optional.empty());
    untilItEnds(shown);
    assertThat(shown.progress().phase()).isEqualTo(Run.Phase.FINISHED);
    assertThat(shown.progress().history().orElseThrow().steps()).isEqualTo(6);
  }

  @Test
  void whatARunCannotBeginForIsToldOfItsField() throws Exception {
    Path bad = Files.writeString(folder.resolve("Bad.java"), "class Bad {\n  int x = ;\n}\n");
    samplers.name(bad.toString());
    assertThat(remedyOf(asking("length", 5000, "llada", Map.of())))
        .containsInstanceOf(Problem.Remedy.Instead.class);
    assertThat(remedyOf(asking("block", 6, "llada", Map.of("block", "4"))))
        .contains(new Problem.Remedy.Instead("block", "0"));
    assertThat(remedyOf(asking("steps", 6, "llada", Map.of("block", "3", "steps", "5"))))
        .contains(new Problem.Remedy.Instead("steps", "4"));
    assertThat(remedyOf(asking("sampler", 6, "nope", Map.of()))).isEmpty();
    assertThat(remedyOf(asking("sampler", 6, bad.toString(), Map.of())))
        .contains(new Problem.Remedy.Mend(bad + ":2"));
    assertThat(remedyOf(asking("sampler", 6, "gone.java", Map.of()))).isEmpty();
    assertThat(
            remedyOf(
                failing(
                    "prompt", new RunRequest("sentences", "the old cat", 2, "llada", Map.of(), 1))))
        .isEmpty();
    assertThat(
            remedyOf(
                failing("model", new RunRequest(folder.toString(), "", 6, "llada", Map.of(), 1))))
        .contains(new Problem.Remedy.AnotherModel());
  }

  private Problem asking(String field, int length, String sampler, Map<String, String> settings)
      throws Exception {
    return failing(field, new RunRequest("sentences", "", length, sampler, settings, 1));
  }

  private Problem failing(String field, RunRequest request) throws Exception {
    Run run = runs.start(request);
    untilItEnds(run);
    Problem problem = run.problem().orElseThrow();
    assertThat(problem.field()).as(problem.sentence()).contains(field);
    return problem;
  }

  private static Optional<Problem.Remedy> remedyOf(Problem problem) {
    return problem.remedy();
  }

  @Test
  void aRunThatIsBranchedFromGoesOnToItsEndAndTheBranchBeginsThen() throws Exception {
    Run parent = runs.start(SHORT);
    parent.goOn(_ -> Optional.of(stop()));
    engineIsDone();
    assertThat(parent.progress().phase()).isEqualTo(Run.Phase.PAUSED);
    Run branch = runs.start(branchOf(parent));
    assertThat(branch.progress().sentence()).contains("to its end first");
    branch.goOn(_ -> Optional.empty());
    untilItEnds(branch);
    assertThat(parent.progress().phase()).isEqualTo(Run.Phase.FINISHED);
    assertThat(steps(parent)).isEqualTo(6);
    assertThat(branch.progress().phase()).isEqualTo(Run.Phase.FINISHED);
    try (var trace = TraceKind.TOKENS.open(branch.file().orElseThrow())) {
      assertThat(trace.header().parent().orElseThrow().sha256())
          .isEqualTo(Sha256.of(parent.file().orElseThrow()));
      assertThat(trace.state(1).tokens()[5]).isEqualTo(7);
    }
  }

  @Test
  void aBranchThatIsGivenUpBeforeItBeginsLeavesItsParentWhole() throws Exception {
    Run parent = runs.start(SHORT);
    parent.goOn(_ -> Optional.of(stop()));
    engineIsDone();
    Run branch = runs.start(branchOf(parent));
    branch.goOn(_ -> Optional.empty());
    branch.cancel();
    untilItEnds(parent);
    engineIsDone();
    assertThat(steps(parent)).isEqualTo(6);
    assertThat(branch.progress().phase()).isEqualTo(Run.Phase.CANCELLED);
    assertThat(branch.file()).isEmpty();
  }

  @Test
  void aBranchOfARunThatIsEndedBeginsWithTheStepsThatItTook() throws Exception {
    Run parent = runs.start(SHORT);
    parent.goOn(_ -> Optional.of(stop()));
    engineIsDone();
    parent.cancel();
    Run branch = runs.start(branchOf(parent));
    branch.goOn(_ -> Optional.empty());
    untilItEnds(branch);
    assertThat(steps(parent)).isEqualTo(1);
    assertThat(steps(branch)).isEqualTo(6);
  }

  private static BranchRequest branchOf(Run parent) {
    return new BranchRequest(
        parent.file().orElseThrow(),
        "sentences",
        1,
        List.of(TraceHeader.Edit.set(5, 7)),
        Optional.empty(),
        Map.of());
  }

  @Test
  void whatSuggestsItselfIsALengthThatCanBeRun() throws Exception {
    Run long5000 = runs.start(new RunRequest("sentences", "", 5000, "llada", Map.of(), 1));
    engineIsDone();
    var instead = (Problem.Remedy.Instead) long5000.problem().orElseThrow().remedy().orElseThrow();
    assertThat(instead.field()).isEqualTo("length");
    int length = Integer.parseInt(instead.value());
    Run fitting =
        runs.start(new RunRequest("sentences", "", length, "llada", Map.of("steps", "1"), 1));
    fitting.goOn(_ -> Optional.empty());
    untilItEnds(fitting);
    assertThat(fitting.progress().phase()).isEqualTo(Run.Phase.FINISHED);
  }

  @Test
  void twoRunsShareTheEngineAndEachIsWhatItIsAlone() throws Exception {
    Run first = runs.start(SHORT);
    Run second =
        runs.start(
            new RunRequest(
                "sentences", "", 6, "llada", Map.of("steps", "6", "temperature", "1.0"), 2));
    first.goOn(_ -> Optional.empty());
    second.goOn(_ -> Optional.empty());
    untilItEnds(first);
    untilItEnds(second);
    Run alone = runs.start(SHORT);
    alone.goOn(_ -> Optional.empty());
    untilItEnds(alone);
    assertThat(tokens(first)).isEqualTo(tokens(alone)).isNotEqualTo(tokens(second));
  }

  @Test
  void aRunOfAnotherModelLeavesTheOneThatGoesOnItsOwn() throws Exception {
    Run shown = runs.start(SHORT);
    shown.goOn(_ -> Optional.of(stop()));
    engineIsDone();
    String elsewhere = MODELS.resolve("sentences").toString();
    Run other = runs.start(new RunRequest(elsewhere, "", 6, "llada", SHORT.settings(), 1));
    other.goOn(_ -> Optional.empty());
    untilItEnds(other);
    assertThat(other.progress().phase()).isEqualTo(Run.Phase.FINISHED);
    shown.goOn(_ -> Optional.empty());
    untilItEnds(shown);
    assertThat(shown.progress().phase()).isEqualTo(Run.Phase.FINISHED);
  }

  @Test
  void whatIsCancelledOrClosedInTheMiddleIsAWholeTrace() throws Exception {
    Run cancelled = runs.start(SHORT);
    cancelled.goOn(_ -> Optional.of(stop()));
    Run closed = runs.start(SHORT);
    closed.goOn(_ -> Optional.of(stop()));
    engineIsDone();
    cancelled.cancel();
    engineIsDone();
    assertThat(steps(cancelled)).isEqualTo(1);
    assertThat(Files.exists(closed.file().orElseThrow())).isFalse();
    runs.close();
    assertThat(steps(closed)).isEqualTo(1);
    assertThat(closed.progress().phase()).isEqualTo(Run.Phase.CANCELLED);
  }

  @Test
  void aFaultInWhatAModelIsAskedIsTold() throws Exception {
    var work = new Work<String>();
    runs.ask(
        work,
        "sentences",
        (_, _, _) -> {
          throw new IllegalStateException("broken");
        });
    engineIsDone();
    assertThat(work.problem()).contains("a fault in the program", "broken");
  }

  private static Stop stop() {
    return new Stop(1, OptionalInt.empty(), "a step was taken");
  }

  private static int[] tokens(Run run) {
    var history = run.progress().history().orElseThrow();
    return history.trace().state(history.steps()).tokens();
  }

  private static int steps(Run run) {
    try (var trace = TraceKind.TOKENS.open(run.file().orElseThrow())) {
      return trace.steps();
    }
  }

  private void untilItEnds(Run run) throws InterruptedException, ExecutionException {
    while (run.progress().phase().live()) {
      engineIsDone();
    }
  }

  /** It does one thing after the other. */
  private void engineIsDone() throws InterruptedException, ExecutionException {
    for (int turn = 0; turn < 3; turn++) {
      var done = new CompletableFuture<Void>();
      runs.ask(new Work<Void>(), "sentences", (_, _, _) -> done.complete(null));
      done.get();
    }
  }
}
