package dev.unmask.app.session;

import java.util.concurrent.Callable;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;

/**
 * When actions can be done.
 *
 * @param always whatever the window shows
 * @param shown while there is something to see
 * @param playable while the transport has steps to move along
 * @param after while its playhead is not at the start
 * @param before while it is not at the head
 * @param selected while a token is selected
 * @param live while a run goes on or begins
 */
public record Conditions(
    BooleanExpression always,
    BooleanExpression shown,
    BooleanExpression playable,
    BooleanExpression after,
    BooleanExpression before,
    BooleanExpression selected,
    BooleanExpression live) {
  public static Conditions of(Session session) {
    Playhead playhead = session.playhead();
    ObservableValue<Playhead> leading = session.transportProperty().map(Transport::playhead);
    ObservableValue<Number> step = leading.flatMap(Playhead::stepProperty);
    ObservableValue<Number> head = leading.flatMap(Playhead::headProperty);
    BooleanExpression shown =
        Bindings.createBooleanBinding(
            () -> session.frameProperty().get().isPresent(), session.frameProperty());
    return new Conditions(
        Bindings.createBooleanBinding(() -> true),
        shown,
        flag(() -> head.getValue().intValue() > 0, head),
        flag(() -> step.getValue().intValue() > 0, step),
        flag(() -> step.getValue().intValue() < head.getValue().intValue(), step, head),
        shown.and(session.selectionProperty().greaterThanOrEqualTo(0)),
        Bindings.createBooleanBinding(
            () -> playhead.liveProperty().get() || session.comingProperty().get().isPresent(),
            playhead.liveProperty(),
            session.comingProperty()));
  }

  private static BooleanExpression flag(Callable<Boolean> is, Observable... of) {
    return Bindings.createBooleanBinding(is, of);
  }
}
