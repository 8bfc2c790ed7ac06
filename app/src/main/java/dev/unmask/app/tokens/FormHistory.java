package dev.unmask.app.tokens;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** What the form held before, so that changes can be undone; typing in one field is one change. */
public final class FormHistory {
  private final RunViewModel form;
  private final Deque<RunViewModel.Typed> before = new ArrayDeque<>();
  private final Deque<RunViewModel.Typed> after = new ArrayDeque<>();
  private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper redoable = new ReadOnlyBooleanWrapper();
  private String last = "";
  private boolean restoring;

  /** Watches a form from now on. */
  public FormHistory(RunViewModel form) {
    this.form = form;
    form.typedProperty().addListener((seen, old, now) -> changed(old, now));
  }

  private void changed(RunViewModel.Typed old, RunViewModel.Typed now) {
    if (restoring) {
      return;
    }
    String field = old.firstDifference(now);
    if (!field.equals(last)) {
      before.push(old);
      last = field;
    }
    after.clear();
    tell();
  }

  void undo() {
    restore(before, after);
  }

  void redo() {
    restore(after, before);
  }

  private void restore(Deque<RunViewModel.Typed> from, Deque<RunViewModel.Typed> to) {
    if (!from.isEmpty()) {
      to.push(form.typedProperty().get());
      restoring = true;
      form.fill(from.pop());
      restoring = false;
      last = "";
      tell();
    }
  }

  private void tell() {
    undoable.set(!before.isEmpty());
    redoable.set(!after.isEmpty());
  }

  /** Whether something can be undone. */
  ReadOnlyBooleanProperty undoable() {
    return undoable.getReadOnlyProperty();
  }

  /** Whether something that was undone can be done again. */
  ReadOnlyBooleanProperty redoable() {
    return redoable.getReadOnlyProperty();
  }
}
