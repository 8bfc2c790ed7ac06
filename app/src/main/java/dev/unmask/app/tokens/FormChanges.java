package dev.unmask.app.tokens;

import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * What the form says that the run which is shown did not have: the form is of the next run, and
 * must not be taken for the one beside it.
 */
final class FormChanges {
  private final Session session;
  private final RunViewModel form;
  private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper any = new ReadOnlyBooleanWrapper();

  FormChanges(Session session, RunViewModel form) {
    this.session = session;
    this.form = form;
    session.madeWithProperty().subscribe(now -> look());
    session.frameProperty().map(shown -> shown.isPresent()).subscribe(now -> look());
    form.typedProperty()
        .subscribe(
            now -> {
              session.dismiss(_ -> true);
              look();
            });
  }

  private void look() {
    List<RunRequest> shown = session.madeWithProperty().get();
    List<String> names = shown.isEmpty() ? List.of() : form.differing(shown);
    any.set(!names.isEmpty());
    if (!names.isEmpty()) {
      sentence.set("For the next run; the one shown had another " + String.join(", ", names) + ".");
    } else if (shown.isEmpty() && session.frameProperty().get().isPresent()) {
      sentence.set("For the next run; the one shown does not tell its settings.");
    } else {
      sentence.set("");
    }
  }

  /** The form says what the run was made with first. */
  void takeBack() {
    session.madeWithProperty().get().stream().findFirst().ifPresent(form::fill);
  }

  /** What is another, in a sentence; empty if nothing is. */
  ReadOnlyStringProperty sentenceProperty() {
    return sentence.getReadOnlyProperty();
  }

  /** Whether something is that could be taken back. */
  ReadOnlyBooleanProperty anyProperty() {
    return any.getReadOnlyProperty();
  }
}
