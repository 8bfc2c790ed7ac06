package dev.unmask.app.tokens;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.controlShift;
import static dev.unmask.app.controls.Action.key;
import static dev.unmask.app.controls.Action.shift;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ARROWS_HORIZONTAL;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ARROW_UP_LEFT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.BRANCH;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CENTER_SQUARE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.COMPARE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.DEBUG;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.FLAG;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.MISUSE_OUTLINE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.NEXT_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PIN;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PLAY_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PREVIOUS_FILLED;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.RESET;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.SKIP_FORWARD;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.WARNING_ALT;

import dev.unmask.app.compare.ComparePage;
import dev.unmask.app.controls.Action;
import dev.unmask.app.images.ImagesPage;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.Debugger;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.Session;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.scene.input.KeyCode;

/** What finds out where a run went wrong. */
public final class DebugActions {
  final Action goOn;
  final Action goBack;
  final Action step;
  final Action stepOverBlock;
  final Action runToSelected;
  final Action nextBreach;
  final Action previousBreach;
  final Action remask;
  final Action pin;
  final Action ban;
  public final Action branch;
  public final Action parent;
  public final Action compare;
  public final Action firstDivergence;
  final Action swap;
  final Action race;

  /** What stops at an event of the selected token. */
  final List<Action> breaks;

  public DebugActions(Session session, Debugging debugging, Conditions when) {
    BranchViewModel draft = debugging.draft();
    Debugger debugger = session.debugger();
    goOn =
        new Action(
                "Continue to the next breakpoint",
                PLAY_FILLED,
                key(KeyCode.F5),
                when.shown(),
                debugger::goOn)
            .also("resume run walk");
    goBack =
        new Action(
            "Continue backwards",
            PREVIOUS_FILLED,
            shift(KeyCode.F5),
            when.shown(),
            debugger::goBack);
    step =
        new Action("Take one step", NEXT_FILLED, key(KeyCode.F6), when.shown(), debugger::takeStep)
            .also("walk");
    stepOverBlock =
        new Action(
            "Continue to the end of the block",
            SKIP_FORWARD,
            key(KeyCode.F7),
            when.shown(),
            debugger::stepOverBlock);
    runToSelected =
        new Action(
            "Continue until something happens to this token",
            CENTER_SQUARE,
            key(KeyCode.F8),
            when.selected(),
            debugger::runToSelected);
    breaks =
        List.of(
            new Action(
                "Break when this token is committed, or no longer",
                DEBUG,
                key(KeyCode.F9),
                when.selected(),
                () -> debugger.toggleAtSelected("commit")),
            new Action(
                "Break when this token is remasked, or no longer",
                DEBUG,
                shift(KeyCode.F9),
                when.selected(),
                () -> debugger.toggleAtSelected("remask")),
            new Action(
                "Break when this token is edited, or no longer",
                DEBUG,
                control(KeyCode.F9),
                when.selected(),
                () -> debugger.toggleAtSelected("edit")));
    nextBreach =
        new Action("Next breach", WARNING_ALT, key(KeyCode.F4), when.shown(), debugger::nextBreach);
    previousBreach =
        new Action(
            "Previous breach",
            WARNING_ALT,
            shift(KeyCode.F4),
            when.shown(),
            debugger::previousBreach);
    remask =
        new Action(
            "Remask this token in the next branch",
            RESET,
            control(KeyCode.M),
            when.selected(),
            draft::remask);
    pin =
        new Action(
            "Pin this token in the next branch", PIN, NO_KEY, when.selected(), () -> draft.pin(""));
    ban =
        new Action(
            "Ban this token here in the next branch",
            MISUSE_OUTLINE,
            NO_KEY,
            when.selected(),
            () -> draft.ban(""));
    ObjectProperty<Page> page = session.pageProperty();
    branch =
        new Action(
                "Branch here",
                BRANCH,
                control(KeyCode.D),
                when.shown().or(page.isEqualTo(ImagesPage.PAGE)),
                () -> {
                  if (page.get() == ImagesPage.PAGE) {
                    debugging.images().branch();
                  } else {
                    draft.branch();
                  }
                })
            .also("fork counterfactual what if");
    RunList runs = debugging.runs();
    BooleanExpression counterpart =
        Bindings.createBooleanBinding(
            () -> runs.counterpart().isPresent(), runs.rows(), session.progressProperty());
    parent =
        new Action(
            "Show the run that it branched from",
            ARROW_UP_LEFT,
            NO_KEY,
            Bindings.createBooleanBinding(
                () -> runs.line().size() > 1, runs.rows(), session.progressProperty()),
            () -> runs.open(runs.line().get(runs.line().size() - 2)));
    compare =
        new Action(
                "Compare with its parent or branch",
                COMPARE,
                controlShift(KeyCode.D),
                counterpart,
                () -> {
                  debugging.compared().compareWithCounterpart();
                  page.set(ComparePage.PAGE);
                })
            .also("diff");
    swap =
        new Action(
            "Swap the compared runs",
            ARROWS_HORIZONTAL,
            NO_KEY,
            debugging.compared().diverge(),
            debugging.compared()::swap);
    race =
        new Action(
                "Race the compared runs",
                FLAG,
                NO_KEY,
                when.shown(),
                () -> {
                  BooleanProperty racing = debugging.compared().race().openProperty();
                  racing.set(!racing.get() || !ComparePage.PAGE.equals(page.get()));
                  page.set(ComparePage.PAGE);
                })
            .also("speed tokens a second clock evaluations")
            .ticked(debugging.compared().race().openProperty());
    firstDivergence =
        new Action(
            "To the first divergence",
            COMPARE,
            key(KeyCode.D),
            when.shown().and(debugging.compared().diverge()),
            debugging.compared()::toFirstDivergence);
  }

  /** What can be done about the selected token. */
  List<Action> ofToken() {
    return Stream.concat(breaks.stream(), Stream.of(runToSelected, remask, pin, ban, branch))
        .toList();
  }

  /** As the menu lists them, with a line between what belongs together. */
  public List<List<Action>> sections() {
    return List.of(
        List.of(goOn, goBack, step, stepOverBlock, runToSelected),
        breaks,
        List.of(nextBreach, previousBreach),
        List.of(remask, pin, ban, branch),
        List.of(parent, compare, swap, firstDivergence, race));
  }
}
