package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DebuggerTest {
  private final ScriptedRun run = ScriptedRun.finished();
  private final Session session = new Session(Starters.of(request -> run), Runnable::run);
  private final Debugger debugger = session.debugger();

  @BeforeEach
  void showTheStory() {
    session.autoplayProperty().set(false);
    session.watch(run);
    pulse();
  }

  @Test
  void goesFromHitToHitAndBack() {
    debugger.breakpoints().add("edit");
    debugger.breakpoints().add("remask");
    debugger.goOn();
    assertThat(stepAfterPulses()).isEqualTo(3);
    assertThat(session.selectionProperty().get()).isEqualTo(3);
    assertThat(told()).isEqualTo("Stopped at step 3: position 3 was edited to ' time'.");
    debugger.goOn();
    assertThat(stepAfterPulses()).isEqualTo(4);
    debugger.goBack();
    assertThat(stepAfterPulses()).isEqualTo(3);
  }

  @Test
  void saysThatNothingIsHitAndStopsAtTheEnds() {
    debugger.breakpoints().add("commit where position > 99");
    debugger.goOn();
    assertThat(stepAfterPulses()).isEqualTo(5);
    assertThat(told()).isEqualTo("No breakpoint is hit up to the end.");
    debugger.goBack();
    assertThat(stepAfterPulses()).isZero();
    assertThat(told()).isEqualTo("No breakpoint is hit before this step.");
  }

  @Test
  void countsTheStepsThatHitEachAndPassesOverThoseThatAreOff() {
    Breakpoints breakpoints = debugger.breakpoints();
    breakpoints.add("commit");
    breakpoints.add("edit");
    pulse();
    pulse();
    assertThat(breakpoints.items()).extracting(item -> item.hits().get()).containsExactly(5, 1);
    breakpoints.items().getFirst().enabled().set(false);
    debugger.goOn();
    assertThat(stepAfterPulses()).isEqualTo(3);
  }

  @Test
  void runsUntilSomethingHappensToTheSelectedToken() {
    session.selectionProperty().set(4);
    debugger.runToSelected();
    assertThat(stepAfterPulses()).isEqualTo(2);
    debugger.runToSelected();
    assertThat(stepAfterPulses()).isEqualTo(4);
    assertThat(told()).isEqualTo("Stopped at step 4: ',' was remasked at position 4.");
  }

  @Test
  void whatItSaidIsForgottenWhenThePlayheadMovesOn() {
    debugger.takeStep();
    assertThat(stepAfterPulses()).isEqualTo(1);
    assertThat(told()).isNotEmpty();
    session.playhead().forward();
    pulse();
    assertThat(told()).isEmpty();
  }

  @Test
  void behindTheEndTheRunItselfIsToldToGoOn() {
    var live = new ScriptedRun();
    live.shows(Run.Phase.PAUSED, HandMade.story());
    session.watch(live);
    pulse();
    int told = live.orders();
    session.playhead().seek(5);
    debugger.takeStep();
    pulse();
    pulse();
    assertThat(live.orders()).isEqualTo(told + 1);
  }

  @Test
  void thePlayheadGoesWhereARunStopped() {
    run.stops(new Stop(2, OptionalInt.of(4), "',' was committed at position 4"));
    pulse();
    assertThat(session.playhead().stepProperty().get()).isEqualTo(2);
    assertThat(session.selectionProperty().get()).isEqualTo(4);
    assertThat(debugger.toldProperty().get())
        .isEqualTo("Stopped at step 2: ',' was committed at position 4.");
  }

  @Test
  void rulesOfASamplerThatIsNotKnownAreSaidNotToBeChecked() {
    assertThat(debugger.unchecked()).isEmpty();
    var foreign = new ScriptedRun();
    foreign.shows(Run.Phase.FINISHED, History.of(HandMade.story()));
    session.watch(foreign);
    pulse();
    assertThat(debugger.breaches()).isEmpty();
    assertThat(debugger.unchecked()).startsWith("Rules not checked: There is no sampler 'none'");
  }

  @Test
  void aBreakpointOfATokenComesAndGoes() {
    session.selectionProperty().set(4);
    debugger.toggleAtSelected("remask");
    assertThat(debugger.breakpoints().items())
        .extracting(item -> item.breakpoint().text())
        .containsExactly("remask where position = 4");
    debugger.toggleAtSelected("remask");
    assertThat(debugger.breakpoints().items()).isEmpty();
  }

  @Test
  void aBreakpointThatCannotBeUnderstoodIsNotAddedAndToldInPlace() {
    Breakpoints breakpoints = debugger.breakpoints();
    assertThat(breakpoints.add("jump")).isFalse();
    assertThat(breakpoints.items()).isEmpty();
    assertThat(breakpoints.errorProperty().get()).contains("'jump' is no event");
    breakpoints.add("eos");
    assertThat(breakpoints.errorProperty().get()).isEmpty();
    assertThat(breakpoints.add("eos")).isTrue();
    assertThat(breakpoints.items()).hasSize(1);
  }

  private String told() {
    return debugger.toldProperty().get();
  }

  private int stepAfterPulses() {
    pulse();
    pulse();
    return session.playhead().stepProperty().get();
  }

  private void pulse() {
    session.pulse(0);
  }
}
