package dev.unmask.app.playground;

import dev.unmask.app.picture.Status;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import dev.unmask.app.session.Work;
import dev.unmask.engine.playground.ParticlePlan;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * The plane of the playground: what was chosen, what came of it, and where on their paths the
 * particles are looked at. The window calls {@link #pulse} while it is open; paths and fields are
 * computed elsewhere, once for all points, so that moving among them computes nothing.
 */
public final class PlaygroundViewModel implements Transport {
  private final Session session;
  private final PlaygroundChoice choice;
  private final Executor thread;
  private final Work<Scene> computed = new Work<>();
  private final Playhead playhead = new Playhead();
  private final IntegerProperty selection = new SimpleIntegerProperty(-1);
  private final ObjectProperty<Set<Layer>> layers =
      new SimpleObjectProperty<>(Set.copyOf(EnumSet.allOf(Layer.class)));
  private Optional<ParticlePlan> asked = Optional.empty();
  // Fields are computed first where somebody looks.
  private volatile int looked;
  private Optional<ParticlePlan> moved = Optional.empty();
  private double time = 0.5;

  /**
   * With nothing computed yet.
   *
   * @param thread computes
   */
  public PlaygroundViewModel(Session session, PlaygroundChoice choice, Executor thread) {
    this.session = session;
    this.choice = choice;
    this.thread = thread;
  }

  /** Sees to it that what is chosen is computed, and moves on. */
  public void pulse(double seconds) {
    Optional<ParticlePlan> now = choice.plan();
    if (now.isPresent() && !now.equals(asked)) {
      asked = now;
      computed.start(thread, tell -> compute(now.get(), tell));
    }
    computed.value().ifPresent(scene -> move(scene, seconds));
  }

  private void compute(ParticlePlan plan, Consumer<Scene> tell) {
    Scene scene = Scene.of(plan);
    tell.accept(scene);
    grow(scene, tell);
  }

  private void grow(Scene scene, Consumer<Scene> tell) {
    Scene grown = scene;
    while (grown.progress() < 1 && !Thread.currentThread().isInterrupted()) {
      grown = grown.grown(looked);
      tell.accept(grown);
    }
  }

  /** Computes no more fields, or goes on with them. */
  void toggleComputing() {
    if (isComputing()) {
      computed.cancel();
    } else {
      computed.value().ifPresent(scene -> computed.start(thread, tell -> grow(scene, tell)));
    }
  }

  /** Whether paths or fields are being computed. */
  boolean isComputing() {
    return computed.goesOn();
  }

  private void move(Scene scene, double seconds) {
    if (!scene.plan().equals(moved.orElse(null))) {
      moved = Optional.of(scene.plan());
      playhead.grow(scene.steps(), false);
      playhead.seek(scene.nearest(time));
    }
    Transport leader = session.transportProperty().get();
    if (leader == this) {
      playhead.advance(seconds);
    } else {
      leader.time().ifPresent(this::goTo);
    }
    looked = playhead.stepProperty().get();
    time = scene.points().get(looked).time();
  }

  /** Goes to a point of the paths. */
  void seek(int point) {
    playhead.seek(point);
  }

  @Override
  public int planned() {
    return computed.value().map(Scene::steps).orElse(0);
  }

  @Override
  public OptionalDouble time() {
    return Double.isNaN(time) ? OptionalDouble.empty() : OptionalDouble.of(time);
  }

  @Override
  public void goTo(double wanted) {
    computed.value().ifPresent(scene -> playhead.seek(scene.nearest(wanted)));
  }

  @Override
  public List<Status.Figure> figures() {
    return view()
        .map(
            now ->
                List.of(
                    new Status.Figure("step", Integer.toString(now.point()), " of " + planned()),
                    new Status.Figure(
                        "t",
                        Double.isNaN(now.now().time())
                            ? "–"
                            : String.format(Locale.ROOT, "%.3f", now.now().time()),
                        "")))
        .orElse(List.of());
  }

  /** Plays all of the paths. */
  void playFromStart() {
    seek(0);
    playhead.toggle();
  }

  /** What there is to see; empty until the first paths are computed. */
  public Optional<PlaneView> view() {
    return computed
        .value()
        .map(
            scene -> {
              int point = Math.min(playhead.stepProperty().get(), scene.steps());
              int selected = selection.get() < scene.plan().particles() ? selection.get() : -1;
              return new PlaneView(scene.at(point), point, selected, layers.get());
            });
  }

  /** All of the paths; empty until they are computed. */
  public Optional<Scene> scene() {
    return computed.value();
  }

  /** The share of the fields that are computed. */
  double progress() {
    return computed.value().map(Scene::progress).orElse(0.0);
  }

  /** What is wrong with what was chosen; empty if nothing is. */
  String problem() {
    return computed.problem();
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

  @Override
  public Playhead playhead() {
    return playhead;
  }

  /** The selected particle, −1 for none. */
  IntegerProperty selectionProperty() {
    return selection;
  }

  /** What of the plane is shown. */
  ObjectProperty<Set<Layer>> layersProperty() {
    return layers;
  }
}
