package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormHistoryTest {
  private final RunViewModel form = Forms.of(42);
  private final FormHistory history = new FormHistory(form);

  @Test
  void typingInOneFieldIsOneChange() {
    form.promptProperty().set("O");
    form.promptProperty().set("On");
    form.length().textProperty().set("32");
    history.undo();
    assertThat(form.promptProperty().get()).isEqualTo("On");
    assertThat(form.length().textProperty().get()).isEqualTo("64");
    history.undo();
    assertThat(form.promptProperty().get()).isEmpty();
    assertThat(history.undoable().get()).isFalse();
  }

  @Test
  void anotherSamplerIsUndoneWithItsSettings() {
    form.fields().getFirst().textProperty().set("24");
    form.samplerProperty().set(form.samplers().getLast());
    history.undo();
    assertThat(form.samplerProperty().get().name()).isEqualTo("first");
    assertThat(form.fields().getFirst().textProperty().get()).isEqualTo("24");
    history.redo();
    assertThat(form.samplerProperty().get().name()).isEqualTo("second");
  }

  @Test
  void whatWasUndoneCannotBeRedoneAfterAnotherChange() {
    form.promptProperty().set("a");
    history.undo();
    form.promptProperty().set("b");
    assertThat(history.redoable().get()).isFalse();
  }
}
