package dev.unmask.app.tokens;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.session.EventSearch;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Leads through a run from "all masked" to "remasked", on the live window. */
public final class Tour {
  /** Remasks soon and often, so that there is something to show. */
  static final RunRequest RUN =
      new RunRequest(
          "stories", "Once upon a time", 48, "remdm-cap", Map.of("steps", "40", "eta", "0.08"), 3);

  /** Where in the window a stop points to. */
  enum Place {
    CANVAS,
    INSPECTOR,
    TIMELINE
  }

  /**
   * A stop.
   *
   * @param look that its step must show somewhere
   */
  record Stop(String title, String words, Place place, Look look, Phase phase) {}

  static final List<Stop> STOPS =
      List.of(
          new Stop(
              "All masked",
              "A run starts from masks, but for the prompt. Every step asks the model what each"
                  + " mask might be, and decides which of its answers to keep.",
              Place.CANVAS,
              Look.MASKED,
              Phase.DECIDED),
          new Stop(
              "Predicted",
              "This is the first step halfway: the model has answered everywhere, in grey"
                  + " italics, and nothing is decided yet. The bar is its confidence.",
              Place.CANVAS,
              Look.KEPT_MASKED,
              Phase.PREDICTED),
          new Stop(
              "Committed",
              "Now the sampler has decided: orange was committed at this step. Committed tokens"
                  + " turn blue, and the next prediction is made with them in view.",
              Place.CANVAS,
              Look.COMMITTED_NOW,
              Phase.DECIDED),
          new Stop(
              "Kept masked, and why",
              "The selected token was predicted and not committed. Here you read its candidates,"
                  + " its rank, and how its prediction changed from step to step.",
              Place.INSPECTOR,
              Look.KEPT_MASKED,
              Phase.DECIDED),
          new Stop(
              "A life line each",
              "Every position is a row, every step a column: ● committed, ↺ remasked, ◆ edited;"
                  + " the thicker, the surer. Drag the playhead; , and . go from event to event.",
              Place.TIMELINE,
              Look.COMMITTED,
              Phase.DECIDED),
          new Stop(
              "Remasked",
              "This sampler takes tokens back: the struck-through one was committed, and is a mask"
                  + " again, so that the mistake can be mended. Not every sampler does that.",
              Place.CANVAS,
              Look.REMASKED,
              Phase.DECIDED));

  private final Session session;
  private final RunViewModel form;
  private final ReadOnlyObjectWrapper<Optional<Stop>> stop =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Run> run = Optional.empty();
  private Optional<Left> left = Optional.empty();
  private boolean reached;

  public Tour(Session session, RunViewModel form) {
    this.session = session;
    this.form = form;
  }

  /**
   * Starts its run, and goes to the first stop. What was shown comes back when it ends, and fills
   * the form, so that the two are one.
   */
  public void start() {
    if (stop.get().isEmpty()) {
      left = session.file().map(file -> new Left(file, session.playhead().stepProperty().get()));
    }
    form.fill(RUN);
    run = Optional.of(session.start(RUN));
    go(Optional.of(STOPS.getFirst()));
  }

  /** What was shown before it. */
  private record Left(Path file, int step) {}

  /** To the next stop; after the last one it ends. */
  void next() {
    int following = number() + 1;
    if (following < STOPS.size()) {
      go(Optional.of(STOPS.get(following)));
    } else {
      close();
    }
  }

  /** To the stop before. */
  void back() {
    go(Optional.of(STOPS.get(Math.max(0, number() - 1))));
  }

  /** Ends it; its run stays where nothing was shown before, and in the list in any case. */
  public void close() {
    go(Optional.empty());
    left.ifPresent(before -> session.open(before.file, before.step));
    left = Optional.empty();
  }

  private void go(Optional<Stop> where) {
    reached = false;
    stop.set(where);
  }

  /** Goes to the stop's step as soon as it is recorded; without its run there is no tour. */
  public void pulse() {
    if (run.filter(own -> own.progress().phase() == Run.Phase.FAILED).isPresent()) {
      close();
    }
    if (!reached && stop.get().isPresent() && session.run().equals(run)) {
      session.frameProperty().get().ifPresent(frame -> reach(frame, stop.get().get()));
    }
  }

  private void reach(Frame frame, Stop wanted) {
    OptionalInt step =
        wanted.look() == Look.MASKED
            ? OptionalInt.of(0)
            : wanted.phase() == Phase.PREDICTED
                ? OptionalInt.of(1).stream().filter(k -> k <= frame.recorded()).findFirst()
                : EventSearch.first(frame, wanted.look());
    if (step.isPresent()) {
      reached = true;
      session.playhead().seek(step.getAsInt(), wanted.phase());
      EventSearch.position(frame.at(step.getAsInt()).in(wanted.phase()), wanted.look())
          .ifPresent(session.selectionProperty()::set);
    }
  }

  /** From 0; −1 while there is no tour. */
  int number() {
    return stop.get().map(STOPS::indexOf).orElse(-1);
  }

  /** Where the tour is; empty while there is none. */
  public ReadOnlyObjectProperty<Optional<Stop>> stopProperty() {
    return stop.getReadOnlyProperty();
  }
}
