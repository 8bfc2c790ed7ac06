package dev.unmask.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
    assertThat(notice())
        .isEqualTo(new Notice(Notice.Kind.PROBLEM, "The file x is cut short: fetch it again."));
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
    Optional<Run.Progress> progress = session.progressProperty().get();
    return Notice.of(progress);
  }
}
