package dev.unmask.app.controls;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;

/**
 * What a page starts: the form in which it is set up, and what starts and ends it. The window has
 * one place and one key for each of these, whatever page is open.
 *
 * @param form where it is set up
 * @param words what starting it is called
 * @param ready whether it can be started
 * @param live whether there is something to end
 * @param cancel ends it; what came of it stays
 * @param anew starts it with another seed, where it has one
 */
public record PageRun(
    Supplier<Node> form,
    String words,
    ObservableBooleanValue ready,
    Runnable start,
    ObservableBooleanValue live,
    Runnable cancel,
    Optional<Runnable> anew) {

  /** Of a page that starts nothing. */
  public static PageRun none() {
    var never = new SimpleBooleanProperty();
    return new PageRun(
        () -> Controls.label("Nothing runs here.", "hint"),
        "Run",
        never,
        () -> {},
        never,
        () -> {},
        Optional.empty());
  }
}
