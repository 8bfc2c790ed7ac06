package dev.unmask.app.workbench;

import dev.unmask.app.corruption.NoisedRun;
import dev.unmask.app.playground.Layer;
import dev.unmask.app.playground.PlaneView;
import dev.unmask.app.playground.Scene;
import dev.unmask.engine.InputException;
import dev.unmask.engine.playground.ParticlePaths;
import dev.unmask.engine.playground.ParticlePlan;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * The plane of the playground: what was chosen, what came of it, and where on their paths the
 * particles are looked at. The window calls {@link #pulse} while it is open; paths and fields are
 * computed elsewhere, once for all points, so that moving among them computes nothing.
 */
final class PlaygroundDesk {
  private final Session session;
  private final PlaygroundChoice choice;
  private final Executor work;
  private final Playhead playhead = new Playhead();
  private final IntegerProperty selection = new SimpleIntegerProperty(-1);
  private final BooleanProperty following = new SimpleBooleanProperty(true);
  private final ObjectProperty<Set<Layer>> layers =
      new SimpleObjectProperty<>(Set.copyOf(EnumSet.allOf(Layer.class)));
  private volatile Optional<ParticlePlan> asked = Optional.empty();
  private volatile Computed computed = new Computed(Optional.empty(), "");
  private volatile int looked;
  private Future<?> computing = new FutureTask<>(() -> null);

  /**
   * With nothing computed yet.
   *
   * @param work computes
   */
  PlaygroundDesk(Session session, PlaygroundChoice choice, Executor work) {
    this.session = session;
    this.choice = choice;
    this.work = work;
  }

  /** What came of a plan: a scene, or a sentence that says what is wrong. */
  private record Computed(Optional<Scene> scene, String problem) {}

  /** Sees to it that what is chosen is computed, and moves on. */
  void pulse(double seconds) {
    Optional<ParticlePlan> now = choice.plan();
    if (now.isPresent() && !now.equals(asked)) {
      asked = now;
      computing.cancel(true);
      var task = new FutureTask<Void>(() -> compute(now.get()), null);
      computing = task;
      work.execute(task);
    }
    computed.scene.ifPresent(scene -> move(scene.paths(), seconds));
  }

  private void compute(ParticlePlan plan) {
    try {
      Scene scene = Scene.of(plan);
      show(plan, new Computed(Optional.of(scene), ""));
      while (!scene.whole() && !Thread.currentThread().isInterrupted()) {
        scene = scene.grown(looked);
        show(plan, new Computed(Optional.of(scene), ""));
      }
    } catch (InputException e) {
      show(plan, new Computed(computed.scene, e.getMessage()));
    }
  }

  /** Unless something else was chosen meanwhile. */
  private void show(ParticlePlan plan, Computed next) {
    if (asked.equals(Optional.of(plan))) {
      computed = next;
    }
  }

  private void move(ParticlePaths paths, double seconds) {
    boolean first = playhead.headProperty().get() == 0;
    playhead.grow(paths.steps(), false);
    if (first) {
      playhead.seek(paths.steps() / 2);
    }
    if (playhead.playingProperty().get()) {
      following.set(false);
      playhead.advance(seconds);
    } else if (following.get()) {
      session.frameProperty().get().map(NoisedRun::time).ifPresent(t -> seek(paths, t));
    }
    looked = playhead.stepProperty().get();
  }

  /** Goes where t is nearest. */
  private void seek(ParticlePaths paths, double t) {
    double[] times = paths.times();
    playhead.seek(
        IntStream.range(0, times.length)
            .reduce(0, (best, i) -> Math.abs(times[i] - t) < Math.abs(times[best] - t) ? i : best));
  }

  /** Goes to a point of the paths, and follows the run no longer. */
  void seek(int point) {
    following.set(false);
    playhead.seek(point);
  }

  /** What there is to see; empty until the first paths are computed. */
  Optional<PlaneView> view() {
    return computed.scene.map(
        scene ->
            new PlaneView(
                scene,
                Math.min(playhead.stepProperty().get(), scene.paths().steps()),
                selection.get() < scene.paths().particles() ? selection.get() : -1,
                layers.get()));
  }

  /** The share of the fields that are computed. */
  double progress() {
    return computed
        .scene
        .map(scene -> scene.fields().size() / (double) scene.paths().times().length)
        .orElse(0.0);
  }

  /** What is wrong with what was chosen; empty if nothing is. */
  String problem() {
    return computed.problem;
  }

  /** Shows a layer, or hides it. */
  void toggle(Layer layer) {
    Set<Layer> changed = EnumSet.allOf(Layer.class);
    changed.removeIf(each -> layers.get().contains(each) == (each == layer));
    layers.set(Set.copyOf(changed));
  }

  /** Selects the particle so many after the selected one, around the end. */
  void select(int distance) {
    view()
        .ifPresent(
            view ->
                selection.set(
                    Math.floorMod(
                        Math.max(view.selection(), distance > 0 ? -1 : 0) + distance,
                        view.particles())));
  }

  /** What is chosen. */
  PlaygroundChoice choice() {
    return choice;
  }

  /** The point of the paths that is shown; it plays by itself, or with the run. */
  Playhead playhead() {
    return playhead;
  }

  /** The selected particle, −1 for none. */
  IntegerProperty selectionProperty() {
    return selection;
  }

  /** Whether the playhead goes where the t of the run's playhead is. */
  BooleanProperty followingProperty() {
    return following;
  }

  /** What of the plane is shown. */
  ObjectProperty<Set<Layer>> layersProperty() {
    return layers;
  }
}
