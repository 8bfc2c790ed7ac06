package dev.unmask.app.window;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.export.Exhibits;
import dev.unmask.app.export.ExportViewModel;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.Debugging;
import dev.unmask.app.tokens.RemedyButton;
import dev.unmask.app.tokens.RunViewModel;
import java.util.concurrent.Executor;

/**
 * What the window has, of which its pages are made.
 *
 * @param form of the next run
 * @param export the form of the next export
 * @param exhibits what the pages show of it
 * @param columns at the sides
 * @param when actions can be done
 * @param painting paints one picture after the other
 */
record WindowParts(
    Session session,
    RunViewModel form,
    ExportViewModel export,
    Exhibits exhibits,
    Debugging debugging,
    RecentRuns recent,
    Appearance appearance,
    Actions actions,
    SideColumns columns,
    Conditions when,
    Executor painting) {
  /** A button for what helps against a problem. */
  RemedyButton remedy() {
    return new RemedyButton(session, form, actions.file().model, actions.file().open);
  }
}
