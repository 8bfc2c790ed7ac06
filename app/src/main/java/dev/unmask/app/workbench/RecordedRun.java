package dev.unmask.app.workbench;

import dev.unmask.app.picture.Plan;
import dev.unmask.engine.trace.Trace;
import java.util.Optional;

/** A run that ended long ago: its trace. */
record RecordedRun(Progress progress) implements Run {
  static RecordedRun of(Trace trace) {
    var recording = new Recording(trace, Plan.of(trace));
    return new RecordedRun(new Progress(Phase.FINISHED, Optional.of(recording), ""));
  }

  @Override
  public void cancel() {}
}
