package dev.unmask.app.window;

import dev.unmask.app.controls.Action;
import dev.unmask.app.export.ExportActions;
import dev.unmask.app.tokens.DebugActions;
import dev.unmask.app.tokens.RunActions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * All that can be done in the window, declared once.
 *
 * @param file with files
 * @param run with runs
 * @param export with pictures of a run
 * @param play with the playhead
 * @param debug to find out where a run went wrong
 * @param view with the way things are looked at
 * @param help to find one's way
 */
record Actions(
    FileActions file,
    RunActions run,
    ExportActions export,
    PlayActions play,
    DebugActions debug,
    ViewActions view,
    HelpActions help) {
  /** A menu. */
  record Group(String name, List<Action> actions) {}

  /** As the menu bar groups them. */
  List<Group> groups() {
    return List.of(
        new Group("File", file.all()),
        new Group("Run", run.all()),
        new Group("Export", export.all()),
        new Group("Play", play.all()),
        new Group("Debug", debug.all()),
        new Group("View", view.all()),
        new Group("Help", help.all()));
  }

  /**
   * The actions whose names hold all words of a query, or their beginnings; those first whose names
   * begin with it.
   */
  List<Action> matching(String query) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    String[] words = wanted.split("\\s+");
    Stream<Action> all =
        Stream.concat(
            groups().stream().flatMap(group -> group.actions().stream()), file.recent().stream());
    return all.filter(action -> holds(action, words))
        .sorted((a, b) -> Boolean.compare(begins(b, wanted), begins(a, wanted)))
        .toList();
  }

  private static boolean holds(Action action, String[] words) {
    String name = action.name().toLowerCase(Locale.ROOT);
    return Stream.of(words).allMatch(name::contains);
  }

  private static boolean begins(Action action, String wanted) {
    return action.name().toLowerCase(Locale.ROOT).startsWith(wanted);
  }
}
