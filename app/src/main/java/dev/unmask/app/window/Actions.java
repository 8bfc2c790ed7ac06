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
}
