package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.trace.Mark;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

/** What is given: a field that grows with its text, and how many tokens of the length that is. */
final class PromptPane extends VBox {
  private static final int LEAST = 2;
  private static final int MOST = 10;

  /** Letters to a line of the field, about. */
  private static final int LINE = 28;

  private final Session session;
  private final RunViewModel form;
  private final Label count = Controls.label("", "hint");
  private final Work<String> counting = new Work<>();
  private Optional<Asked> asked = Optional.empty();

  PromptPane(Session session, RunViewModel form) {
    super(4);
    this.session = session;
    this.form = form;
    var prompt = new TextArea();
    prompt.setId("prompt");
    prompt.setPromptText(
        "Prompt, or nothing; {5} leaves a gap of 5 tokens, {} one of all that are left");
    prompt.setAccessibleText("Prompt");
    prompt.setWrapText(true);
    prompt.textProperty().bindBidirectional(form.promptProperty());
    prompt.prefRowCountProperty().bind(form.promptProperty().map(PromptPane::rows));
    count.setId("prompt-count");
    count.visibleProperty().bind(count.textProperty().isNotEmpty());
    count.managedProperty().bind(count.visibleProperty());
    getChildren().addAll(prompt, count);
  }

  private record Asked(String model, String prompt, int length) {}

  private static int rows(String text) {
    int rows = text.lines().mapToInt(line -> 1 + line.length() / LINE).sum();
    return Math.clamp(Math.max(rows, text.isEmpty() ? 3 : 0), LEAST, MOST);
  }

  /** Counts what is written now; only the model of the shown run is asked: others would be read. */
  void refresh() {
    String model = form.modelProperty().get();
    var now = new Asked(model, form.promptProperty().get(), form.tokens());
    boolean loaded =
        session.run().flatMap(Run::asked).filter(run -> run.model().equals(model)).isPresent();
    if (!loaded || now.prompt.isEmpty()) {
      asked = Optional.empty();
      count.setText("");
      return;
    }
    if (!asked.equals(Optional.of(now)) && !counting.goesOn()) {
      asked = Optional.of(now);
      session.ask(
          counting,
          model,
          (opened, _, tell) -> tell.accept(words(Start.of(now.prompt, now.length, opened))));
    }
    count.setText(counting.problem().isEmpty() ? counting.value().orElse("") : "");
  }

  private static String words(Start.Tokens start) {
    int given = 0;
    for (byte mark : start.marks()) {
      given += (mark & Mark.PROMPT) != 0 ? 1 : 0;
    }
    return "%d of %d tokens given".formatted(given, start.tokens().length);
  }
}
