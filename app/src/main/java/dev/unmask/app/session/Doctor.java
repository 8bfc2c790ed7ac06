package dev.unmask.app.session;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.engine.check.Finding;
import dev.unmask.engine.check.Findings;
import dev.unmask.engine.run.Replay;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What the checks find in the run that is shown, looked for beside the window as the run grows. */
public final class Doctor {
  private final Session session;
  private final Executor reading;
  private final Work<Looked> work = new Work<>();
  private Optional<History> history = Optional.empty();

  /**
   * For the run of a session.
   *
   * @param reading looks at traces
   */
  Doctor(Session session, Executor reading) {
    this.session = session;
    this.reading = reading;
  }

  /** What was found, and what looks on where more steps are taken. */
  private record Looked(Replay replay, Findings findings) {
    Looked upTo(int steps) {
      return new Looked(replay, replay.checkup().upTo(steps));
    }
  }

  /** Takes over what was found, and looks at what was recorded since. */
  void pulse() {
    Optional<History> now = session.frameProperty().get().map(Frame::history);
    if (!now.equals(history)) {
      history = now;
      work.forget();
    }
    now.filter(_ -> !work.goesOn() && work.problem().isEmpty()).ifPresent(this::look);
  }

  private void look(History shown) {
    int steps = shown.steps();
    Optional<Looked> before = work.value();
    if (before.filter(looked -> looked.findings.steps() >= steps).isPresent()) {
      return;
    }
    work.start(
        reading,
        tell ->
            tell.accept(
                before
                    .orElseGet(
                        () ->
                            new Looked(
                                Replay.of(shown.trace(), session.samplers()),
                                new Findings(0, List.of())))
                    .upTo(steps)));
  }

  /** By step. */
  public List<Finding> findings() {
    return work.value().map(looked -> looked.findings.all()).orElse(List.of());
  }

  /** What it comes to, in a sentence. */
  public String summary() {
    if (!work.problem().isEmpty()) {
      return work.problem();
    }
    int found = findings().size();
    return work.value()
        .map(
            looked ->
                found == 0
                    ? "Nothing was found in %d steps.".formatted(looked.findings.steps())
                    : "%d finding%s in %d steps."
                        .formatted(found, found == 1 ? "" : "s", looked.findings.steps()))
        .orElse("Looking …");
  }

  /** To where something was found. */
  public void show(Finding finding) {
    session.playhead().seek(finding.step());
    if (!finding.positions().isEmpty()) {
      session.selectionProperty().set(finding.positions().getFirst());
    }
  }
}
