package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.tokens.Forms;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  private final ScriptedRun run = new ScriptedRun();
  private final Session session = new Session(Starters.of(request -> run));

  @Test
  void saysThatNothingWasRunYet() {
    session.pulse(0);
    assertThat(session.frameProperty().get()).isEmpty();
    assertThat(notice().kind()).isEqualTo(Notice.Kind.NOTE);
  }

  @Test
  void saysThatTheModelIsBeingRead() {
    start();
    session.pulse(0);
    assertThat(session.frameProperty().get()).isEmpty();
    assertThat(notice()).isEqualTo(new Notice(Notice.Kind.BUSY, "Reading the model."));
  }

  @Test
  void playsWhatIsRecordedSoFar() {
    start();
    run.shows(Run.Phase.RUNNING, HandMade.story());
    session.pulse(2 / Playhead.STEPS_PER_SECOND);
    assertThat(session.frameProperty().get().orElseThrow().step()).isEqualTo(2);
    session.pulse(100);
    assertThat(session.frameProperty().get().orElseThrow().step()).isEqualTo(5);
    assertThat(notice().kind()).isEqualTo(Notice.Kind.NONE);
  }

  @Test
  void doesNotMoveBeforeThereIsSomethingToSee() {
    start();
    session.pulse(100);
    run.shows(Run.Phase.FINISHED, HandMade.story());
    session.pulse(0);
    assertThat(session.frameProperty().get().orElseThrow().step()).isZero();
  }

  @Test
  void showsTheSentenceOfAFailure() {
    start();
    run.fails("The file x is cut short: fetch it again.");
    session.pulse(0);
    assertThat(Notice.above(session))
        .isEqualTo(new Notice(Notice.Kind.PROBLEM, "The file x is cut short: fetch it again."));
    assertThat(notice().kind()).isEqualTo(Notice.Kind.NOTE);
  }

  @Test
  void aTraceIsAmongTheRecentOnesOnceItIsShownAndNeverIfItCannotBe(@TempDir Path folder)
      throws IOException {
    var session = new Session(Starters.ofRecorded(), Runnable::run);
    var runs = new RunFolder(folder.resolve("runs"), LocalDateTime::now);
    var recent = new RecentRuns(runs, List.of());
    recent.follow(session);
    Path bad = Files.writeString(folder.resolve("bad.trace.safetensors"), "no trace");
    session.open(bad);
    session.pulse(0);
    assertThat(Notice.above(session).kind()).isEqualTo(Notice.Kind.PROBLEM);
    assertThat(session.problemProperty().get().flatMap(Problem::remedy))
        .contains(new Problem.Remedy.AnotherTrace());
    assertThat(recent.files()).isEmpty();
    Path good = folder.resolve("good.trace.safetensors");
    TraceFile.write(good, HandMade.story());
    session.open(good);
    session.pulse(0);
    assertThat(recent.files()).containsExactly(good);
  }

  @Test
  void keepsWhatACancelledRunRecorded() {
    start();
    run.shows(Run.Phase.RUNNING, HandMade.story());
    session.cancel();
    session.pulse(0);
    assertThat(session.frameProperty().get()).isPresent();
    assertThat(notice().kind()).isEqualTo(Notice.Kind.NOTE);
    assertThat(session.playhead().liveProperty().get()).isFalse();
  }

  @Test
  void anotherRunEndsTheOneThatGoesOn() {
    start();
    session.watch(ScriptedRun.finished());
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.CANCELLED);
    assertThat(session.playhead().stepProperty().get()).isZero();
  }

  @Test
  void aRunThatCannotBeginLeavesTheOneThatIsShownWhereItIs(@TempDir Path folder) {
    ScriptedRun shown = showTheStoryAt(3, folder.resolve("story"));
    session.bookmarks().put(2, "here");
    Frame before = session.frameProperty().get().orElseThrow();
    start();
    session.pulse(0);
    assertThat(Notice.above(session)).isEqualTo(new Notice(Notice.Kind.BUSY, "Reading the model."));
    run.fails("The length is 700, but the model was made for at most 64 positions; lower it.");
    session.pulse(0);
    assertThat(Notice.above(session).kind()).isEqualTo(Notice.Kind.PROBLEM);
    assertThat(session.run()).contains(shown);
    assertThat(session.frameProperty().get()).contains(before);
    assertThat(before.step()).isEqualTo(3);
    assertThat(before.selection()).isEqualTo(4);
    assertThat(session.playhead().playingProperty().get()).isFalse();
    assertThat(session.bookmarks().marks()).hasSize(1);
    assertThat(session.file()).contains(folder.resolve("story"));
    session.dismiss();
    assertThat(Notice.above(session).kind()).isEqualTo(Notice.Kind.NONE);
  }

  @Test
  void aRunThatGoesOnEndsOnlyWhenAnotherHasTakenAStep() {
    var before = new ScriptedRun();
    before.shows(Run.Phase.RUNNING, HandMade.story());
    session.watch(before);
    session.pulse(0);
    start();
    run.begins(HandMade.story());
    session.pulse(0);
    assertThat(session.run()).contains(before);
    assertThat(before.progress().phase()).isEqualTo(Run.Phase.RUNNING);
    assertThat(Notice.above(session).sentence()).isEqualTo("Taking the first step …");
    run.shows(Run.Phase.RUNNING, HandMade.story());
    session.pulse(0);
    assertThat(session.run()).contains(run);
    assertThat(before.progress().phase()).isEqualTo(Run.Phase.CANCELLED);
    assertThat(session.playhead().stepProperty().get()).isZero();
    assertThat(Notice.above(session).kind()).isEqualTo(Notice.Kind.NONE);
  }

  @Test
  void whatBeginsIsGivenUpBeforeWhatIsShown() {
    var before = new ScriptedRun();
    before.shows(Run.Phase.RUNNING, HandMade.story());
    session.watch(before);
    session.pulse(0);
    start();
    session.cancel();
    session.pulse(0);
    assertThat(before.progress().phase()).isEqualTo(Run.Phase.RUNNING);
    assertThat(session.comingProperty().get()).isEmpty();
    assertThat(session.problemProperty().get()).isEmpty();
    session.cancel();
    assertThat(before.progress().phase()).isEqualTo(Run.Phase.CANCELLED);
  }

  @Test
  void whatGoesWrongAnywhereIsToldAtTheNextPulse() {
    session.tell("This was stopped by a fault in the program; the log has the details.");
    session.pulse(0);
    assertThat(Notice.above(session).kind()).isEqualTo(Notice.Kind.PROBLEM);
    assertThat(Notice.above(session).sentence()).contains("the log");
  }

  private ScriptedRun showTheStoryAt(int step, Path file) {
    ScriptedRun shown = ScriptedRun.finished();
    shown.isIn(file);
    session.watch(shown);
    session.pulse(0);
    session.playhead().seek(step);
    session.selectionProperty().set(4);
    session.pulse(0);
    return shown;
  }

  @Test
  void goesFromEventToEventOfTheSelectedToken() {
    session.watch(ScriptedRun.finished());
    session.pulse(0);
    session.selectionProperty().set(4);
    session.playhead().seek(0);
    session.pulse(0);
    session.nextEvent();
    assertThat(session.playhead().stepProperty().get()).isEqualTo(2);
    session.pulse(0);
    session.nextEvent();
    assertThat(session.playhead().stepProperty().get()).isEqualTo(4);
    session.pulse(0);
    session.nextEvent();
    assertThat(session.playhead().stepProperty().get()).isEqualTo(4);
    session.previousEvent();
    assertThat(session.playhead().stepProperty().get()).isEqualTo(2);
  }

  @Test
  void doesNotPlayByItselfWhereMotionIsReduced() {
    session.autoplayProperty().set(false);
    start();
    run.shows(Run.Phase.RUNNING, HandMade.story());
    session.pulse(100);
    assertThat(session.playhead().stepProperty().get()).isZero();
  }

  private void start() {
    session.start(Forms.of().request());
  }

  private Notice notice() {
    return Notice.of(session);
  }
}
