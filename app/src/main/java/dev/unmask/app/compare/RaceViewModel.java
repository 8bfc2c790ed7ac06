package dev.unmask.app.compare;

import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Plan;
import dev.unmask.app.picture.Status;
import dev.unmask.app.session.FinalBound;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import dev.unmask.app.session.Work;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.run.TokenRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * Runs that race each other: recorded ones by their evaluations, and those that are run anew by the
 * clock too. They are run one after the other on the engine's thread, so that none disturbs
 * another, and the quickest of several equal runs of each counts.
 */
public final class RaceViewModel implements Transport {
  /** A race is played in about so many seconds at speed 1, however long it took. */
  private static final double PLAYED = 8;

  /** The steps that the transport goes through a race in, each as long as the other. */
  private static final int TICKS = 200;

  /** For how long each is run again and again, in nanoseconds; a run that takes longer once. */
  private static final long TRIED = 5_000_000_000L;

  private static final int MOST_RUNS = 10;

  private static final int LENGTH = 44;

  private final Session session;
  private final List<String> models;
  private final List<Work<Lap>> works =
      Stream.generate(Work<Lap>::new).limit(ComparedRuns.MOST).toList();
  private final ObjectProperty<RaceRunner.Clock> clock =
      new SimpleObjectProperty<>(RaceRunner.Clock.EVALUATIONS);
  private final BooleanProperty open = new SimpleBooleanProperty();
  private final Playhead playhead = new Playhead();
  private List<RunRequest> asked = List.of();
  private Optional<ComparedRuns> recorded = Optional.empty();
  private List<RaceRunner> runners = List.of();
  private boolean measured;

  /** What has to be known of the three ways to judge their times fairly. */
  private static final String FAIR =
      "Autoregression keeps no cache of keys and values here, so it asks about the whole text each"
          + " time.";

  /** How far a run is that is run anew. */
  record Lap(String words, Optional<RaceRunner> runner) {}

  RaceViewModel(Session session, List<String> models) {
    this.session = session;
    this.models = models;
    playhead.grow(TICKS, false);
    playhead.seek(TICKS);
  }

  /** What are the three ways to write a text: token by token, block by block, all at once. */
  static List<RunRequest> threeWays() {
    return List.of(
        new RunRequest("stories-ar", "", LENGTH, "autoregressive", Map.of("nucleus", "0.9"), 1),
        new RunRequest(
            "stories-block",
            "",
            LENGTH,
            "bd3lm",
            Map.of("first-hitting", "false", "steps", "5", "nucleus", "0.9"),
            1),
        new RunRequest("stories", "", LENGTH, "llada", Map.of("steps", "8"), 1));
  }

  /** Runs these anew, one after the other, and measures them. */
  void start(List<RunRequest> requests) {
    cancel();
    works.forEach(Work::forget);
    asked = requests.stream().limit(ComparedRuns.MOST).toList();
    for (int i = 0; i < asked.size(); i++) {
      RunRequest request = asked.get(i);
      // A header is not believed: only a bundled model is opened for it, never a path.
      if (models.contains(request.model())) {
        session.ask(works.get(i), request.model(), (opened, _, tell) -> run(request, opened, tell));
      } else {
        works.get(i).start(Runnable::run, _ -> FinalBound.refuse("its model is not bundled"));
      }
    }
  }

  /**
   * Runs it as often as there is time for, and keeps the quickest run: the first ones are slowed
   * down by code that is not compiled yet, others by whatever else this computer does.
   */
  private void run(RunRequest request, Model model, Consumer<Lap> tell) {
    long until = System.nanoTime() + TRIED;
    tell.accept(new Lap("running …", Optional.empty()));
    RaceRunner quickest = once(request, model);
    for (int run = 2; run <= MOST_RUNS && System.nanoTime() < until; run++) {
      tell.accept(
          new Lap(
              "run %d, the quickest took %s …"
                  .formatted(
                      run,
                      RacePainter.when(RaceRunner.Clock.TIME, quickest.end(RaceRunner.Clock.TIME))),
              Optional.empty()));
      RaceRunner next = once(request, model);
      quickest =
          next.end(RaceRunner.Clock.TIME) < quickest.end(RaceRunner.Clock.TIME) ? next : quickest;
    }
    tell.accept(new Lap("asking for the bound …", Optional.of(quickest)));
    RaceRunner known =
        FinalBound.of(quickest.history().trace(), model).map(quickest::worth).orElse(quickest);
    tell.accept(new Lap("", Optional.of(known)));
  }

  private RaceRunner once(RunRequest request, Model model) {
    TokenRun run = request.start(model, session.samplers());
    List<Double> seconds = new ArrayList<>(List.of(0.0));
    long started = System.nanoTime();
    while (!run.finished()) {
      run.step();
      seconds.add((System.nanoTime() - started) / 1e9);
    }
    var history = new History(run.trace(), Plan.of(run.replay()));
    history.grow();
    return new RaceRunner(
        RunChips.name(history),
        history,
        seconds.stream().mapToDouble(Double::doubleValue).toArray(),
        Optional.empty());
  }

  /** Gives up what is still to be run; what was measured stays. */
  void cancel() {
    works.forEach(Work::cancel);
  }

  /** Whether runs are being run. */
  boolean goesOn() {
    return works.stream().anyMatch(Work::goesOn);
  }

  /** What is being done, or what went wrong, in a sentence; empty if nothing. */
  String progress() {
    for (int i = 0; i < asked.size(); i++) {
      Work<Lap> work = works.get(i);
      String name = asked.get(i).model() + " · " + asked.get(i).sampler();
      if (!work.problem().isEmpty()) {
        return name + ": " + work.problem();
      }
      if (work.goesOn()) {
        return "%d of %d, %s: %s"
            .formatted(
                i + 1,
                asked.size(),
                name,
                work.current().map(Lap::words).orElse("reading the model …"));
      }
    }
    return measured && asked.equals(threeWays()) ? FAIR : "";
  }

  /** Takes over what was run, or else what is compared, and plays on. */
  void pulse(Optional<ComparedRuns> compared, double seconds) {
    List<RaceRunner> anew =
        works.stream()
            .limit(asked.size())
            .flatMap(work -> work.current().flatMap(Lap::runner).stream())
            .toList();
    if (!anew.isEmpty()) {
      boolean first = !measured;
      measured = true;
      runners = anew.equals(runners) ? runners : anew;
      if (first) {
        clock.set(RaceRunner.Clock.TIME);
      }
    } else if (!measured && !compared.equals(recorded)) {
      recorded = compared;
      runners =
          compared.stream()
              .flatMap(all -> all.runs().stream())
              .map(run -> RaceRunner.recorded(RunChips.name(run), run))
              .toList();
    }
    if (!runners.stream().allMatch(runner -> runner.knows(clock.get()))) {
      clock.set(RaceRunner.Clock.EVALUATIONS);
    }
    playhead.advance(seconds * TICKS / (PLAYED * Playhead.STEPS_PER_SECOND));
  }

  /** Plays all of it. */
  void playFromStart() {
    playhead.home();
    playhead.toggle();
  }

  /** Leaves what was measured, for the recorded runs that are compared. */
  void forget() {
    works.forEach(Work::forget);
    asked = List.of();
    measured = false;
    recorded = Optional.empty();
    runners = List.of();
  }

  /** Whether the runners were run anew, and so measured. */
  boolean measured() {
    return measured;
  }

  /** Those that race. */
  List<RaceRunner> runners() {
    return runners;
  }

  /** When the last one is at its end, in seconds or evaluations. */
  double end() {
    return runners.stream().mapToDouble(runner -> runner.end(clock.get())).max().orElse(0);
  }

  /** How far the race is, in seconds or evaluations. */
  double now() {
    // The share first: all of it is 1, and so exactly the end.
    return end() * ((double) playhead.stepProperty().get() / TICKS);
  }

  /** How many times slower it is played than it was; 0 where there is no clock. */
  double slower() {
    return clock.get() == RaceRunner.Clock.TIME && end() > 0
        ? PLAYED / (end() * playhead.speedProperty().get())
        : 0;
  }

  /** What they race by. */
  ObjectProperty<RaceRunner.Clock> clockProperty() {
    return clock;
  }

  /** Whether the race is looked at, rather than where the runs differ. */
  public BooleanProperty openProperty() {
    return open;
  }

  @Override
  public Playhead playhead() {
    return playhead;
  }

  @Override
  public int planned() {
    return TICKS;
  }

  /** Each runner has a t of its own. */
  @Override
  public OptionalDouble time() {
    return OptionalDouble.empty();
  }

  @Override
  public void goTo(double time) {
    // Where the race is says nothing of t.
  }

  @Override
  public List<Status.Figure> figures() {
    return List.of(
        new Status.Figure(
            "race",
            RacePainter.when(clock.get(), now()),
            " of " + RacePainter.when(clock.get(), end())));
  }
}
