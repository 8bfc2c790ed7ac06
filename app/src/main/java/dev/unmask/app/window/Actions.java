package dev.unmask.app.window;

import dev.unmask.app.controls.Action;
import dev.unmask.app.export.ExportActions;
import dev.unmask.app.tokens.DebugActions;
import dev.unmask.app.tokens.RunActions;
import java.util.List;

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
  /**
   * A menu.
   *
   * @param sections what belongs together, with a line between them
   */
  record Group(String name, List<List<Action>> sections) {
    /** All of them. */
    List<Action> actions() {
      return sections.stream().flatMap(List::stream).toList();
    }
  }

  /** As the menu bar groups them. */
  List<Group> groups() {
    return List.of(
        new Group("File", file.sections()),
        new Group("Run", run.sections()),
        new Group("Export", export.sections()),
        new Group("Play", play.sections()),
        new Group("Debug", debug.sections()),
        new Group("View", view.sections()),
        new Group("Help", help.sections()));
  }
}
