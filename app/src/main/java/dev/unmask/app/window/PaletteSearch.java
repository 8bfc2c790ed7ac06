package dev.unmask.app.window;

import static dev.unmask.app.controls.Action.NO_KEY;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Glossary;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.RunList.Row;
import dev.unmask.app.session.RunTree;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.RunViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/**
 * What the palette finds: actions by their name or other words; samplers, models, runs and
 * bookmarks as actions that choose them; terms and what they mean; and "step 40" or "token 12" as
 * ways to go there.
 */
record PaletteSearch(Actions actions, Session session, RunViewModel form, RunList runs) {
  private static final Pattern PLACE =
      Pattern.compile("(step|token|position)\\s+(\\d{1,7})", Pattern.CASE_INSENSITIVE);

  /** What holds all words of a query, what begins with it first. */
  List<Action> matching(String query) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    String[] words = wanted.split("\\s+");
    List<Action> found = new ArrayList<>(place(wanted).stream().toList());
    Stream<Action> named = actions.groups().stream().flatMap(group -> group.actions().stream());
    // With nothing typed the actions alone are list enough.
    Stream<Action> things = wanted.isEmpty() ? Stream.of() : things();
    Stream.concat(named, things)
        .filter(action -> action.matches(words))
        .sorted((a, b) -> Boolean.compare(begins(b, wanted), begins(a, wanted)))
        .forEach(found::add);
    return found;
  }

  private static boolean begins(Action action, String wanted) {
    return action.name().toLowerCase(Locale.ROOT).startsWith(wanted);
  }

  private Stream<Action> things() {
    return Stream.of(samplers(), models(), recorded(), bookmarks(), terms()).flatMap(all -> all);
  }

  private Stream<Action> terms() {
    return Glossary.terms().stream()
        .map(
            term ->
                thing(
                    "What is it? " + term.words(),
                    CarbonIcons.HELP,
                    () -> session.announcements().say(term.words())));
  }

  private Stream<Action> samplers() {
    return form.samplers().stream()
        .filter(kind -> form.misfit(kind).isEmpty())
        .map(
            kind ->
                thing(
                        "Sampler: " + kind.name(),
                        CarbonIcons.SETTINGS_ADJUST,
                        () -> form.samplerProperty().set(kind))
                    .also(kind.title() + " " + kind.summary()));
  }

  private Stream<Action> models() {
    return form.models().stream()
        .map(
            model ->
                thing("Model: " + model, CarbonIcons.MODEL, () -> form.modelProperty().set(model)));
  }

  private Stream<Action> recorded() {
    return runs.rows().stream()
        .filter(Row.Recorded.class::isInstance)
        .map(row -> ((Row.Recorded) row).node())
        .map(this::run);
  }

  private Action run(RunTree.Node node) {
    return thing("Run: " + runs.name(node), CarbonIcons.RECENTLY_VIEWED, () -> runs.open(node))
        .also(node.run().text());
  }

  private Stream<Action> bookmarks() {
    return session.bookmarks().marks().stream()
        .map(
            mark ->
                thing(
                    "Bookmark: " + mark.words(),
                    CarbonIcons.BOOKMARK,
                    () -> session.playhead().seek(mark.step())));
  }

  private Optional<Action> place(String wanted) {
    Matcher typed = PLACE.matcher(wanted);
    Optional<Frame> frame = session.frameProperty().get();
    if (!typed.matches() || frame.isEmpty()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(typed.group(2));
    if (typed.group(1).equals("step")) {
      return number <= frame.get().recorded()
          ? Optional.of(
              thing(
                  "To step " + number,
                  CarbonIcons.ARROW_RIGHT,
                  () -> session.playhead().seek(number)))
          : Optional.empty();
    }
    int[] tokens = frame.get().state().tokens();
    return number < tokens.length
        ? Optional.of(
            thing(
                "Select token %d: %s"
                    .formatted(
                        number,
                        Visible.text(frame.get().trace().header().tokens().text(tokens[number]))),
                CarbonIcons.CENTER_SQUARE,
                () -> session.selectionProperty().set(number)))
        : Optional.empty();
  }

  private Action thing(String name, Ikon icon, Runnable does) {
    return new Action(name, icon, NO_KEY, actions.help().palette.enabled(), does);
  }
}
