package dev.unmask.app.window;

import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.key;
import static dev.unmask.app.controls.Action.shift;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ADD;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ARROW_LEFT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ARROW_RIGHT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.BOOKMARK;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CARET_LEFT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CARET_RIGHT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CHEVRON_LEFT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CHEVRON_RIGHT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.NEXT_OUTLINE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.NOTEBOOK;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PAUSE_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PLAY_FILLED_ALT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PREVIOUS_OUTLINE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.REPEAT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SKIP_BACK_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SKIP_FORWARD_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SUBTRACT;

import dev.unmask.app.controls.Action;
import dev.unmask.app.session.Bookmarks;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.BooleanExpression;
import javafx.scene.input.KeyCode;

/** What moves the playhead. */
final class PlayActions {
  final Action play;
  final Action pause;
  final Action playOn;
  final Action playBack;
  final Action home;
  final Action back;
  final Action forward;
  final Action end;
  final Action previousPhase;
  final Action nextPhase;
  final Action previousEvent;
  final Action nextEvent;
  final Action slower;
  final Action faster;
  final Action loop;
  final Action loopFrom;
  final Action loopTo;
  final Action bookmark;
  final Action note;
  final Action previousBookmark;
  final Action nextBookmark;

  PlayActions(Session session, Conditions when, Runnable askForNote) {
    Supplier<Playhead> head = () -> session.transportProperty().get().playhead();
    play =
        new Action(
                "Play or pause",
                PLAY_FILLED_ALT,
                key(KeyCode.SPACE),
                when.playable(),
                () -> head.get().toggle())
            .also("start stop animation");
    playBack =
        new Action(
            "Play backwards, faster each time",
            CARET_LEFT,
            key(KeyCode.J),
            when.after(),
            () -> head.get().playBack());
    pause =
        new Action(
            "Pause", PAUSE_FILLED, key(KeyCode.K), when.playable(), () -> head.get().pause());
    playOn =
        new Action(
            "Play, faster each time",
            CARET_RIGHT,
            key(KeyCode.L),
            when.playable(),
            () -> head.get().playOn());
    home =
        new Action(
            "To the start",
            SKIP_BACK_FILLED,
            key(KeyCode.HOME),
            when.playable(),
            () -> head.get().home());
    back =
        new Action(
                "Step back", CHEVRON_LEFT, key(KeyCode.LEFT), when.after(), () -> head.get().back())
            .also("walk previous undo");
    forward =
        new Action(
                "Step forward",
                CHEVRON_RIGHT,
                key(KeyCode.RIGHT),
                when.before(),
                () -> head.get().forward())
            .also("walk next");
    end =
        new Action(
            "To the end",
            SKIP_FORWARD_FILLED,
            key(KeyCode.END),
            when.before(),
            () -> head.get().end());
    previousPhase =
        new Action(
            "Back to what was predicted",
            ARROW_LEFT,
            shift(KeyCode.LEFT),
            when.after(),
            () -> head.get().previousPhase());
    nextPhase =
        new Action(
                "On to what is predicted, then to what is decided",
                ARROW_RIGHT,
                shift(KeyCode.RIGHT),
                when.playable(),
                () -> head.get().nextPhase())
            .also("walk");
    previousEvent =
        new Action(
            "Previous event of the token",
            PREVIOUS_OUTLINE,
            key(KeyCode.COMMA),
            when.selected(),
            session::previousEvent);
    nextEvent =
        new Action(
            "Next event of the token",
            NEXT_OUTLINE,
            key(KeyCode.PERIOD),
            when.selected(),
            session::nextEvent);
    slower =
        new Action(
            "Slower",
            SUBTRACT,
            key(KeyCode.OPEN_BRACKET),
            when.always(),
            () -> head.get().slower());
    faster =
        new Action(
            "Faster", ADD, key(KeyCode.CLOSE_BRACKET), when.always(), () -> head.get().faster());
    loop =
        new Action(
                "Loop on or off",
                REPEAT,
                control(KeyCode.L),
                when.playable(),
                () -> head.get().toggleLoop())
            .also("repeat")
            .ticked(
                BooleanExpression.booleanExpression(
                    session
                        .transportProperty()
                        .flatMap(leader -> leader.playhead().loopProperty())
                        .map(Optional::isPresent)
                        .orElse(false)));
    loopFrom =
        new Action(
            "Loop from here",
            REPEAT,
            key(KeyCode.I),
            when.playable(),
            () -> head.get().loopFromHere());
    loopTo =
        new Action(
            "Loop to here", REPEAT, key(KeyCode.O), when.playable(), () -> head.get().loopToHere());
    Bookmarks marks = session.bookmarks();
    bookmark =
        new Action(
            "Bookmark this step",
            BOOKMARK,
            key(KeyCode.B),
            when.shown(),
            () -> marks.toggle(session.playhead().stepProperty().get()));
    note =
        new Action(
            "Bookmark this step with a note …",
            NOTEBOOK,
            control(KeyCode.B),
            when.shown(),
            askForNote);
    previousBookmark =
        new Action(
            "Previous bookmark",
            BOOKMARK,
            shift(KeyCode.COMMA),
            when.after(),
            () ->
                marks
                    .before(session.playhead().stepProperty().get())
                    .ifPresent(session.playhead()::seek));
    nextBookmark =
        new Action(
            "Next bookmark",
            BOOKMARK,
            shift(KeyCode.PERIOD),
            when.before(),
            () ->
                marks
                    .after(session.playhead().stepProperty().get())
                    .ifPresent(session.playhead()::seek));
  }

  /** As the menu lists them, with a line between what belongs together. */
  List<List<Action>> sections() {
    return List.of(
        List.of(play, playOn, pause, playBack, slower, faster),
        List.of(home, back, forward, end, previousPhase, nextPhase),
        List.of(previousEvent, nextEvent),
        List.of(loop, loopFrom, loopTo),
        List.of(bookmark, note, previousBookmark, nextBookmark));
  }
}
