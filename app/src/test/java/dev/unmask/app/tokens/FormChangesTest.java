package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.Problem;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormChangesTest {
  private static final RunRequest MADE =
      new RunRequest("other", "Once", 9, "first", Map.of("steps", "7", "temperature", "0.5"), 3);

  private final Session session = new Session(Starters.of(_ -> ScriptedRun.finished()));
  private final RunViewModel form = Forms.of(1);
  private final FormChanges changes = new FormChanges(session, form);

  @BeforeEach
  void openARun() {
    session.watch(ScriptedRun.recorded(MADE));
    session.pulse(0);
  }

  @Test
  void theFormOfTheRunThatIsShownNeedsNoWord() {
    form.fill(MADE);
    assertThat(changes.sentenceProperty().get()).isEmpty();
    assertThat(changes.anyProperty().get()).isFalse();
  }

  @Test
  void whatTheRunDidNotHaveIsNamedAndCanBeTakenBack() {
    form.fill(MADE);
    form.seed().textProperty().set("4");
    form.put("temperature", "0.7");
    assertThat(changes.sentenceProperty().get())
        .isEqualTo("For the next run; the one shown had another seed, temperature.");
    changes.takeBack();
    assertThat(changes.sentenceProperty().get()).isEmpty();
    assertThat(form.request()).isEqualTo(MADE);
  }

  @Test
  void aFormThatWasFilledBeforeTheRunCameIsNotTakenForIts() {
    assertThat(changes.sentenceProperty().get())
        .isEqualTo(
            "For the next run; the one shown had another model, prompt, length, seed, steps, temperature.");
  }

  @Test
  void theSameNumberWrittenOtherwiseIsNoChange() {
    form.fill(MADE);
    form.put("temperature", "0.50");
    form.put("length", " 9 ");
    assertThat(changes.sentenceProperty().get()).isEmpty();
  }

  @Test
  void whatWasWrongWithAFieldIsToldUntilTheFormSaysSomethingElse() {
    session.tell(new Problem("Too long.", Optional.of("length"), Optional.empty()));
    session.pulse(0);
    assertThat(session.problemProperty().get()).isPresent();
    form.put("length", "7");
    assertThat(session.problemProperty().get()).isEmpty();
    session.tell("The disk is full.");
    session.pulse(0);
    form.put("length", "8");
    assertThat(session.problemProperty().get()).isPresent();
  }

  @Test
  void whatARunDoesNotTellIsSaid() {
    session.watch(ScriptedRun.finished());
    session.pulse(0);
    assertThat(changes.sentenceProperty().get())
        .isEqualTo("For the next run; the one shown does not tell its settings.");
    assertThat(changes.anyProperty().get()).isFalse();
  }
}
