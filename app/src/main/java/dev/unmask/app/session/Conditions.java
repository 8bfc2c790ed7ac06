package dev.unmask.app.session;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;

/**
 * When actions can be done.
 *
 * @param always whatever the window shows
 * @param shown while there is something to see
 * @param after while the playhead is not at the start
 * @param before while it is not at the head
 * @param selected while a token is selected
 * @param live while a run goes on or begins
 */
public record Conditions(
    BooleanExpression always,
    BooleanExpression shown,
    BooleanExpression after,
    BooleanExpression before,
    BooleanExpression selected,
    BooleanExpression live) {
  public static Conditions of(Session session) {
    Playhead playhead = session.playhead();
    BooleanExpression shown =
        Bindings.createBooleanBinding(
            () -> session.frameProperty().get().isPresent(), session.frameProperty());
    return new Conditions(
        Bindings.createBooleanBinding(() -> true),
        shown,
        shown.and(playhead.stepProperty().greaterThan(0)),
        shown.and(playhead.stepProperty().lessThan(playhead.headProperty())),
        shown.and(session.selectionProperty().greaterThanOrEqualTo(0)),
        Bindings.createBooleanBinding(
            () -> playhead.liveProperty().get() || session.comingProperty().get().isPresent(),
            playhead.liveProperty(),
            session.comingProperty()));
  }
}
