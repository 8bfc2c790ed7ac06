package dev.unmask.app.window;

import static dev.unmask.app.controls.Action.NO_KEY;
import static dev.unmask.app.controls.Action.alt;
import static dev.unmask.app.controls.Action.control;
import static dev.unmask.app.controls.Action.controlShift;
import static dev.unmask.app.controls.Action.key;
import static dev.unmask.app.controls.Action.shift;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ARROW_LEFT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ARROW_RIGHT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CENTER_SQUARE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.CONTRAST;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.FIT_TO_SCREEN;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.HEAT_MAP;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.MOVEMENT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.OPEN_PANEL_LEFT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PIN;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.PRESENTATION_FILE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.STRING_TEXT;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.TEXT_SCALE;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ZOOM_IN;
import static org.kordamp.ikonli.carbonicons.CarbonIcons.ZOOM_OUT;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.View;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.timeline.TimelineZoom;
import dev.unmask.app.window.SideColumns.Panel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.scene.input.KeyCode;

/** What changes how things are looked at. */
final class ViewActions {
  /** One a colouring, in their order. */
  final List<Action> colourings;

  /** One a page, in their order. */
  final List<Action> pages;

  final Action previousToken;
  final Action nextToken;
  final Action asText;
  final Action closer;
  final Action further;
  final Action whole;
  final Action focus;
  final Action pinRow;

  /** One a panel of the left column. */
  final Map<Panel, Action> panels = new EnumMap<>(Panel.class);

  final Action fold;
  final Action present;
  final Action theme;
  final Action larger;
  final Action smaller;
  final Action motion;

  ViewActions(
      Session session,
      TimelineZoom zoom,
      Appearance appearance,
      SideColumns columns,
      Runnable takeTheScreen,
      Conditions when) {
    present =
        new Action("Present", PRESENTATION_FILE, key(KeyCode.F11), when.shown(), takeTheScreen)
            .also("full screen talk lecture slides presenter");
    for (Panel panel : Panel.values()) {
      panels.put(
          panel,
          new Action(
                  "Panel: " + panel.words(),
                  panel.icon(),
                  controlShift(panel.key()),
                  when.always(),
                  () -> columns.open(panel))
              .ticked(is(columns.panelProperty().map(open -> open == panel))));
    }
    fold =
        new Action(
                "Fold the left column, or unfold it",
                OPEN_PANEL_LEFT,
                control(KeyCode.BACK_SLASH),
                when.always(),
                () -> columns.foldedProperty().set(!columns.foldedProperty().get()))
            .also("hide sidebar panel")
            .ticked(columns.foldedProperty());
    colourings =
        Arrays.stream(Colouring.values())
            .map(colouring -> colour(session, colouring, when))
            .toList();
    pages =
        IntStream.range(0, Pages.ALL.size())
            .mapToObj(index -> open(session, Pages.ALL.get(index).page(), index + 1, when))
            .toList();
    previousToken =
        new Action(
            "Select the token before",
            ARROW_LEFT,
            control(KeyCode.LEFT),
            when.shown(),
            () -> session.select(-1));
    nextToken =
        new Action(
            "Select the next token",
            ARROW_RIGHT,
            control(KeyCode.RIGHT),
            when.shown(),
            () -> session.select(1));
    asText =
        new Action(
                "The canvas as a text that flows, or as cells",
                STRING_TEXT,
                shift(KeyCode.T),
                when.shown(),
                () ->
                    session
                        .viewProperty()
                        .set(
                            session
                                .viewProperty()
                                .get()
                                .text(session.viewProperty().get().text().turned())))
            .also("read scroll long sequence")
            .ticked(is(session.viewProperty().map(view -> view.text().flows())));
    closer =
        new Action(
            "Zoom the timeline in", ZOOM_IN, control(KeyCode.EQUALS), when.shown(), zoom::closer);
    further =
        new Action(
            "Zoom the timeline out", ZOOM_OUT, control(KeyCode.MINUS), when.shown(), zoom::further);
    whole =
        new Action(
                "The whole timeline",
                FIT_TO_SCREEN,
                control(KeyCode.DIGIT0),
                when.shown(),
                zoom::whole)
            .also("fit zoom out");
    focus =
        new Action(
            "Focus on the token", CENTER_SQUARE, key(KeyCode.F), when.selected(), zoom::focus);
    pinRow =
        new Action(
            "Pin the token's row, or let it go",
            PIN,
            key(KeyCode.P),
            when.selected(),
            () -> pinRow(session));
    theme =
        new Action("Light or dark", CONTRAST, control(KeyCode.T), when.always(), appearance::toggle)
            .also("theme dark colours appearance contrast");
    larger =
        new Action(
                "Larger text", TEXT_SCALE, control(KeyCode.UP), when.always(), appearance::larger)
            .also("font size zoom type bigger");
    smaller =
        new Action(
                "Smaller text",
                TEXT_SCALE,
                control(KeyCode.DOWN),
                when.always(),
                appearance::smaller)
            .also("font size zoom type");
    motion =
        new Action(
                "Reduced motion on or off",
                MOVEMENT,
                NO_KEY,
                when.always(),
                () -> toggleMotion(appearance))
            .also("animation")
            .ticked(appearance.reducedMotionProperty());
  }

  private static Action colour(Session session, Colouring colouring, Conditions when) {
    KeyCode digit = KeyCode.getKeyCode(Integer.toString(colouring.ordinal() + 1));
    return new Action(
            "Colours: " + colouring.words(),
            HEAT_MAP,
            control(digit),
            when.always(),
            () -> session.viewProperty().set(session.viewProperty().get().in(colouring)))
        .ticked(is(session.viewProperty().map(view -> view.colouring() == colouring)));
  }

  private static Action open(Session session, Page page, int number, Conditions when) {
    KeyCode digit = KeyCode.getKeyCode(Integer.toString(number));
    return new Action(
            "Page: " + page.words(),
            page.icon(),
            alt(digit),
            when.always(),
            () -> session.pageProperty().set(page))
        .ticked(is(session.pageProperty().map(open -> open == page)));
  }

  private static BooleanExpression is(ObservableValue<Boolean> so) {
    return BooleanExpression.booleanExpression(so.orElse(false));
  }

  private static void pinRow(Session session) {
    View view = session.viewProperty().get();
    session.viewProperty().set(view.pinning(session.selectionProperty().get()));
  }

  private static void toggleMotion(Appearance appearance) {
    appearance.reducedMotionProperty().set(!appearance.reducedMotionProperty().get());
  }

  /** As the menu lists them, with a line between what belongs together. */
  List<List<Action>> sections() {
    return List.of(
        List.of(present),
        pages,
        Stream.concat(panels.values().stream(), Stream.of(fold)).toList(),
        colourings,
        List.of(previousToken, nextToken, pinRow),
        List.of(asText, closer, further, whole, focus),
        List.of(theme, larger, smaller, motion));
  }
}
