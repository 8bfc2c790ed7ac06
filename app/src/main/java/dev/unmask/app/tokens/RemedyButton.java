package dev.unmask.app.tokens;

import dev.unmask.app.controls.Action;
import dev.unmask.app.session.Problem;
import dev.unmask.app.session.Problem.Remedy;
import dev.unmask.app.session.Session;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Does what would help against a problem; not there where that is not known. */
public final class RemedyButton extends Button {
  private final Session session;
  private final RunViewModel form;
  private final Action anotherModel;
  private final Action anotherTrace;

  public RemedyButton(
      Session session, RunViewModel form, Action anotherModel, Action anotherTrace) {
    this.session = session;
    this.form = form;
    this.anotherModel = anotherModel;
    this.anotherTrace = anotherTrace;
    setMinWidth(USE_PREF_SIZE);
    managedProperty().bind(visibleProperty());
    setVisible(false);
  }

  /** Offers what would help. */
  public void show(Optional<Problem> problem) {
    Optional<Remedy> remedy = problem.flatMap(Problem::remedy);
    setVisible(remedy.isPresent());
    remedy.ifPresent(
        what -> {
          setText(words(what));
          setOnAction(pressed -> apply(what));
        });
  }

  private static String words(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Instead instead -> "Use " + instead.value();
      case Remedy.AnotherModel _ -> "Choose a model …";
      case Remedy.AnotherTrace _ -> "Open another …";
      case Remedy.Mend mend -> "Copy " + Path.of(mend.place()).getFileName();
    };
  }

  private void apply(Remedy remedy) {
    switch (remedy) {
      case Remedy.Instead instead -> {
        form.put(instead.field(), instead.value());
        if (form.validProperty().get()) {
          session.start(form.request());
        }
      }
      case Remedy.AnotherModel _ -> anotherModel.run().run();
      case Remedy.AnotherTrace _ -> anotherTrace.run().run();
      case Remedy.Mend mend -> {
        var content = new ClipboardContent();
        content.putString(mend.place());
        Clipboard.getSystemClipboard().setContent(content);
        session.announcements().say("In the clipboard for your editor: " + mend.place() + ".");
      }
    }
  }
}
