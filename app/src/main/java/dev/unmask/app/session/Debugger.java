package dev.unmask.app.session;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.engine.run.Breakpoint;
import dev.unmask.engine.run.Replay;
import dev.unmask.engine.trace.Breach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Takes the run, and the playhead with it, from stop to stop. What is recorded is searched; behind
 * its end the run itself is told to go on.
 */
public final class Debugger {
  private static final Breakpoint EVERY_STEP = Breakpoint.of("step");
  private static final Breakpoint END_OF_BLOCK = Breakpoint.of("block");
  private static final List<String> EVENTS_OF_TOKENS = List.of("commit", "remask", "edit");

  private final Session session;
  private final Executor reading;
  private final Work<Hits> hits = new Work<>();
  private final Breakpoints breakpoints = new Breakpoints();
  private final Doctor doctor;
  private final ReadOnlyStringWrapper told = new ReadOnlyStringWrapper("");
  private Optional<History> history = Optional.empty();
  private Optional<Stop> shown = Optional.empty();
  private Optional<Search> search = Optional.empty();
  private boolean broken;
  private int toldAt;

  /** What is looked for: the next or the previous hit of some breakpoints. */
  private record Search(List<Breakpoint> aims, boolean forwards) {}

  /**
   * For the run of a session.
   *
   * @param reading searches traces
   */
  Debugger(Session session, Executor reading) {
    this.session = session;
    this.reading = reading;
    doctor = new Doctor(session, reading);
  }

  /** Another run is going to be shown. */
  void forget() {
    search = Optional.empty();
    shown = Optional.empty();
    told.set("");
  }

  /** On to the next breakpoint. */
  public void goOn() {
    search = Optional.of(new Search(breakpoints.enabled(), true));
  }

  /** Back to the last breakpoint before. */
  public void goBack() {
    search = Optional.of(new Search(breakpoints.enabled(), false));
  }

  /** One step on, whether it is recorded or must be taken first. */
  public void takeStep() {
    search = Optional.of(new Search(List.of(EVERY_STEP), true));
  }

  /** On to the end of the block, or to a breakpoint before. */
  public void stepOverBlock() {
    search = Optional.of(new Search(and(List.of(END_OF_BLOCK)), true));
  }

  /** On until something happens to the selected token, or to a breakpoint before. */
  public void runToSelected() {
    int position = session.selectionProperty().get();
    List<Breakpoint> events =
        EVENTS_OF_TOKENS.stream().map(event -> Breakpoint.of(at(event, position))).toList();
    search = Optional.of(new Search(and(events), true));
  }

  private List<Breakpoint> and(List<Breakpoint> others) {
    return Stream.concat(others.stream(), breakpoints.enabled().stream()).toList();
  }

  /** Stops at an event of the selected token from now on, or no longer. */
  public void toggleAtSelected(String event) {
    breakpoints.toggle(at(event, session.selectionProperty().get()));
  }

  /**
   * Stops where a position gets its token from now on, or no longer at it: where the run starts
   * from tokens of noise, where that is edited.
   */
  public void toggleAt(int position) {
    boolean masked = session.frameProperty().get().map(Frame::masked).orElse(true);
    breakpoints.toggleAt(position, at(masked ? "commit" : "edit", position));
  }

  private static String at(String event, int position) {
    return event + " where position = " + position;
  }

  /** To the first breach after the playhead. */
  public void nextBreach() {
    breaches().stream().filter(breach -> breach.step() > step()).findFirst().ifPresent(this::show);
  }

  /** To the last breach before it. */
  public void previousBreach() {
    breaches().reversed().stream()
        .filter(breach -> breach.step() < step())
        .findFirst()
        .ifPresent(this::show);
  }

  /** To a breach. */
  public void show(Breach breach) {
    session.playhead().seek(breach.step());
    session.selectionProperty().set(breach.position());
  }

  /** All that steps of this run broke, as far as they are recorded. */
  public List<Breach> breaches() {
    return session.frameProperty().get().map(frame -> frame.last().breaches()).orElse(List.of());
  }

  /** Why it cannot be said what steps of this run broke, in a sentence; empty if it can. */
  public String unchecked() {
    return session
        .frameProperty()
        .get()
        .flatMap(frame -> frame.history().plan().unchecked())
        .map("Rules not checked: "::concat)
        .orElse("");
  }

  private int head() {
    return session.playhead().headProperty().get();
  }

  private int step() {
    return session.playhead().stepProperty().get();
  }

  /** What the checks find in the run. */
  public Doctor doctor() {
    return doctor;
  }

  /** Takes over what was found, and looks for more. */
  void pulse() {
    doctor.pulse();
    Optional<History> now = session.frameProperty().get().map(Frame::history);
    if (!now.equals(history)) {
      history = now;
      hits.forget();
      broken = false;
    }
    takeOver();
    now.ifPresent(this::read);
    search.ifPresent(this::settle);
    session
        .run()
        .flatMap(Run::stopped)
        .filter(stop -> !shown.equals(Optional.of(stop)) && stop.step() <= head())
        .ifPresent(this::arrive);
    if (step() != toldAt) {
      told.set("");
    }
  }

  private void takeOver() {
    if (!broken && !hits.problem().isEmpty()) {
      // Another try would end the same way.
      broken = true;
      search = Optional.empty();
      tell(hits.problem());
    }
    hits.value()
        .ifPresent(
            read ->
                breakpoints
                    .items()
                    .forEach(item -> item.hits().set(read.count(item.breakpoint()))));
  }

  private void read(History present) {
    int steps = present.steps();
    List<Breakpoint> wanted = new ArrayList<>();
    breakpoints.items().forEach(item -> wanted.add(item.breakpoint()));
    search.ifPresent(looking -> wanted.addAll(looking.aims()));
    boolean covered = hits.value().filter(read -> read.cover(wanted, steps)).isPresent();
    if (broken || hits.goesOn() || covered || wanted.isEmpty()) {
      return;
    }
    Optional<Hits> before = hits.value();
    hits.start(
        reading,
        tell -> {
          Hits known =
              before.orElseGet(() -> Hits.unread(Replay.of(present.trace(), session.samplers())));
          tell.accept(known.read(wanted, steps));
        });
  }

  private void settle(Search looking) {
    boolean covered =
        looking.aims().isEmpty()
            || hits.value().filter(read -> read.cover(looking.aims(), head())).isPresent();
    if (!covered) {
      return;
    }
    search = Optional.empty();
    Optional<Stop> found =
        hits.value()
            .flatMap(
                read ->
                    looking.forwards()
                        ? read.after(step(), looking.aims())
                        : read.before(step(), looking.aims()));
    found.ifPresentOrElse(this::arrive, () -> beyond(looking));
  }

  /** Nothing was found in what is recorded. */
  private void beyond(Search looking) {
    if (!looking.forwards()) {
      session.playhead().home();
      tell("No breakpoint is hit before this step.");
    } else if (session.playhead().liveProperty().get()) {
      session.playhead().end();
      session
          .run()
          .ifPresent(
              run ->
                  run.goOn(
                      moment ->
                          Stop.of(looking.aims(), moment).or(() -> breakpoints.stop(moment))));
    } else {
      session.playhead().end();
      tell("No breakpoint is hit up to the end.");
    }
  }

  private void arrive(Stop stop) {
    shown = session.run().flatMap(Run::stopped);
    session.playhead().seek(stop.step());
    stop.position().ifPresent(session.selectionProperty()::set);
    tell(stop.words());
  }

  private void tell(String sentence) {
    toldAt = step();
    told.set(sentence);
  }

  /** All hits of the breakpoints in the list, as far as they were looked for, by step. */
  public List<Stop> stops() {
    return hits.value().map(read -> read.all(breakpoints.enabled())).orElse(List.of());
  }

  /** To a hit. */
  public void show(Stop stop) {
    arrive(stop);
  }

  /** Which of all hits the playhead is at, in words; empty where it is at none. */
  public String place() {
    List<Stop> all = stops();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).step() == step()) {
        return " (hit %d of %d)".formatted(i + 1, all.size());
      }
    }
    return "";
  }

  /** What stops runs. */
  public Breakpoints breakpoints() {
    return breakpoints;
  }

  /** Why the playhead stopped where it is, in a sentence; empty if it did not. */
  public ReadOnlyStringProperty toldProperty() {
    return told.getReadOnlyProperty();
  }
}
