package dev.unmask.app.session;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.engine.check.Moment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A run that stands where a test puts it. */
public final class ScriptedRun implements Run {
  private volatile Optional<RunRequest> again = Optional.empty();
  private volatile Optional<RunRequest> asked = Optional.empty();
  private volatile Optional<Problem> problem = Optional.empty();
  private Optional<Stop> stopped = Optional.empty();
  private Optional<Path> file = Optional.empty();
  private int orders;
  private volatile Progress progress =
      new Progress(Phase.LOADING, Optional.empty(), "Reading the model.");

  /** A run that has finished the story. */
  public static ScriptedRun finished() {
    var run = new ScriptedRun();
    run.shows(Phase.FINISHED, HandMade.story());
    return run;
  }

  /** A run that was recorded long ago. */
  public static ScriptedRun recorded(RunRequest request) {
    ScriptedRun run = finished();
    run.again = Optional.of(request);
    return run;
  }

  public void shows(Phase phase, HandMade trace) {
    var history = new History(trace, HandMade.storyPlan());
    history.grow();
    shows(phase, history);
  }

  public void shows(Phase phase, History history) {
    progress = new Progress(phase, Optional.of(history), "");
  }

  /** It has a start, and no step yet. */
  void begins(HandMade trace) {
    var history = new History(trace, HandMade.storyPlan());
    progress = new Progress(Phase.RUNNING, Optional.of(history), "");
  }

  public void isIn(Path where) {
    file = Optional.of(where);
  }

  void stops(Stop stop) {
    stopped = Optional.of(stop);
  }

  /** How often it was told to go on. */
  int orders() {
    return orders;
  }

  @Override
  public void goOn(Function<Moment, Optional<Stop>> until) {
    orders++;
  }

  @Override
  public Optional<Stop> stopped() {
    return stopped;
  }

  public void fails(String sentence) {
    fails(Problem.of(sentence));
  }

  /** It was asked for by the form, and fails. */
  public void fails(RunRequest request, Problem why) {
    asked = Optional.of(request);
    fails(why);
  }

  private void fails(Problem why) {
    problem = Optional.of(why);
    progress = new Progress(Phase.FAILED, Optional.empty(), why.sentence());
  }

  @Override
  public Optional<Problem> problem() {
    return problem;
  }

  @Override
  public Optional<RunRequest> asked() {
    return asked;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public Optional<RunRequest> again() {
    return again;
  }

  @Override
  public List<RunRequest> madeWith() {
    return again.stream().toList();
  }

  @Override
  public Optional<Path> file() {
    return file;
  }

  @Override
  public void cancel() {
    if (progress.phase().live()) {
      progress = new Progress(Phase.CANCELLED, progress.history(), "Cancelled.");
    }
  }
}
