package dev.unmask.app.families;

import dev.unmask.app.picture.Status;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import dev.unmask.app.session.Work;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceKind;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Families that learn the same points, on one transport whose steps are the recorded states of
 * their trainings. They are trained elsewhere, in turn, and recorded as runs are; what each was at
 * a state is asked of it elsewhere too, once.
 */
public final class FamiliesViewModel implements Transport {
  /** Of so many states one is measured for the curves. */
  private static final int APART = 4;

  private final Session session;
  private final RunFolder runs;
  private final Path bundled;
  private final Executor training;
  private final Executor asking;
  private final Executor measuring;
  private final FamiliesChoice choice = new FamiliesChoice();
  private final Playhead playhead = new Playhead();
  private final Work<Map<Family, Training>> trained = new Work<>();
  private final Map<Family, Training> trainings = new LinkedHashMap<>();
  private final Map<Family, Work<Shot>> questions = new LinkedHashMap<>();
  private final Map<Family, Key> asked = new HashMap<>();
  private final Work<Shot> curves = new Work<>();
  private final Map<Key, Shot> shots = new HashMap<>();
  private final Work<Training> opening = new Work<>();
  private final Work<Map<Family, Training>> first = new Work<>();
  private boolean begun;
  private Optional<Training> opened = Optional.empty();
  private Map<Family, Training> last = Map.of();

  /** A state of a training: of one that grows it is always the same. */
  private record Key(Object trace, int frame) {}

  private record Moment(Training training, int frame) {}

  /**
   * With nothing trained yet.
   *
   * @param runs where trainings are recorded
   * @param bundled a folder of trainings that are shown at first
   * @param training trains
   * @param asking asks models what they were where the playhead is
   * @param measuring measures what they were elsewhere
   */
  public FamiliesViewModel(
      Session session,
      RunFolder runs,
      Path bundled,
      Executor training,
      Executor asking,
      Executor measuring) {
    this.session = session;
    this.runs = runs;
    this.bundled = bundled;
    this.training = training;
    this.asking = asking;
    this.measuring = measuring;
    for (Family family : Families.ALL) {
      questions.put(family, new Work<>());
    }
  }

  /** Trains all families that are shown, anew. */
  void train() {
    String data = choice.dataProperty().get().word();
    long seed = Long.parseLong(choice.seed().textProperty().get().strip());
    Map<Family, Settings> chosen = new LinkedHashMap<>();
    choice.families().forEach(family -> chosen.put(family, choice.chosen(family)));
    trained.start(training, tell -> train(chosen, data, seed, tell));
    playhead.restart();
  }

  /** In turn, a recorded state each, so that all are seen to learn at once. */
  private void train(
      Map<Family, Settings> chosen, String data, long seed, Consumer<Map<Family, Training>> tell) {
    List<LiveTraining> recordings = new ArrayList<>();
    try {
      chosen.forEach(
          (family, settings) ->
              recordings.add(
                  LiveTraining.start(
                      family, data, settings, seed, runs.next(family.name() + " learns " + data))));
      tell.accept(known(recordings));
      boolean more = true;
      while (more && !Thread.currentThread().isInterrupted()) {
        more = false;
        for (LiveTraining each : recordings) {
          more |= each.step();
          tell.accept(known(recordings));
        }
      }
    } finally {
      recordings.forEach(LiveTraining::close);
    }
  }

  private static Map<Family, Training> known(List<LiveTraining> recordings) {
    Map<Family, Training> known = new LinkedHashMap<>();
    recordings.forEach(each -> known.put(each.family(), each.training()));
    return known;
  }

  /** Gives up what is being trained; what came of it stays. */
  void cancel() {
    trained.cancel();
  }

  /** Whether something is being trained. */
  boolean training() {
    return trained.goesOn();
  }

  /** Shows a recorded training. */
  public void open(Path file) {
    opening.start(
        asking,
        tell -> {
          tell.accept(Training.of(TraceKind.TRAININGS.open(file, Arena.ofAuto())));
          session.shows(file);
        });
  }

  /** Takes over what was trained since, asks for what is to be seen, and moves on. */
  public void pulse(double seconds) {
    if (!begun) {
      begun = true;
      first.start(asking, tell -> tell.accept(bundled()));
    }
    first
        .value()
        .filter(_ -> trainings.isEmpty())
        .filter(all -> !all.isEmpty())
        .ifPresent(
            all -> {
              take(all);
              playhead.grow(frames(), false);
              playhead.end();
            });
    opening
        .value()
        .filter(now -> !Optional.of(now).equals(opened))
        .ifPresent(
            now -> {
              opened = Optional.of(now);
              choice.take(now);
              take(Map.of(now.family(), now));
              playhead.grow(frames(), false);
              playhead.end();
            });
    trained
        .current()
        .filter(now -> now != last)
        .ifPresent(
            now -> {
              last = now;
              take(now);
            });
    playhead.grow(frames(), training());
    if (session.transportProperty().get() == this) {
      playhead.advance(seconds);
    }
    choice.families().forEach(this::ask);
    if (!training()) {
      measure();
    }
  }

  /** What was known of those before is forgotten. */
  private void take(Map<Family, Training> now) {
    trainings.putAll(now);
    Set<Object> shown = new HashSet<>(trainings.values().stream().map(Training::trace).toList());
    shots.keySet().removeIf(key -> !shown.contains(key.trace));
  }

  /** Every few states of what is shown, so that there is a curve. */
  private void measure() {
    curves.value().ifPresent(this::know);
    if (!curves.goesOn() && curves.problem().isEmpty()) {
      shown()
          .flatMap(
              of ->
                  IntStream.iterate(0, frame -> frame <= of.recorded(), frame -> frame + APART)
                      .filter(frame -> isOpen(of, frame))
                      .mapToObj(frame -> new Moment(of, frame)))
          .min(Comparator.comparingInt(Moment::frame))
          .ifPresent(
              next ->
                  curves.start(
                      measuring,
                      tell -> tell.accept(Shot.of(next.training, next.frame).measured())));
    }
  }

  private boolean isOpen(Training of, int frame) {
    Shot known = shots.get(key(of, frame));
    return known == null || known.figures().isEmpty();
  }

  private void know(Shot shot) {
    if (training(shot.training().family())
        .filter(now -> now.trace() == shot.training().trace())
        .isEmpty()) {
      return;
    }
    shots.merge(
        key(shot.training(), shot.frame()),
        shot,
        (before, now) -> now.figures().isPresent() ? now : before);
  }

  /** Those that there are; others can be trained. */
  private Map<Family, Training> bundled() {
    Map<Family, Training> found = new LinkedHashMap<>();
    String data = PlaneData.RING.word();
    for (Family family : Families.ALL) {
      Path file = bundled.resolve(family.name() + "-" + data + TraceFile.EXTENSION);
      if (Files.isRegularFile(file)) {
        found.put(family, Training.of(TraceKind.TRAININGS.open(file, Arena.ofAuto())));
      }
    }
    return found;
  }

  private int frames() {
    return shown().mapToInt(Training::recorded).max().orElse(0);
  }

  private Stream<Training> shown() {
    return choice.families().stream().flatMap(family -> training(family).stream());
  }

  private void ask(Family family) {
    Work<Shot> question = questions.get(family);
    question.value().ifPresent(this::know);
    Optional<Training> now = training(family);
    // What is being asked is answered first: else nothing would be while the playhead moves.
    if (now.isPresent() && !question.goesOn()) {
      int frame = frame(now.get());
      Key key = key(now.get(), frame);
      // What could not be answered is not asked again and again.
      if (!question.problem().isEmpty() && key.equals(asked.get(family))) {
        return;
      }
      asked.put(family, key);
      Optional<Shot> known = Optional.ofNullable(shots.get(key));
      if (known.isEmpty()) {
        question.start(asking, tell -> tell.accept(Shot.of(now.get(), frame)));
      } else if (known.get().figures().isEmpty() && !playhead.playingProperty().get()) {
        question.start(asking, tell -> tell.accept(known.get().measured()));
      }
    }
  }

  private static Key key(Training training, int frame) {
    return new Key(training.trace(), frame);
  }

  /** The state of a training that the playhead shows: its last where it has fewer. */
  int frame(Training of) {
    return Math.min(playhead.stepProperty().get(), of.recorded());
  }

  /** A family's training as far as it is; empty before the first. */
  Optional<Training> training(Family family) {
    return Optional.ofNullable(trainings.get(family));
  }

  /** What there is to see of a family now, or what there was last. */
  Optional<Shot> shot(Family family) {
    Optional<Training> now = training(family);
    return now.flatMap(of -> Optional.ofNullable(shots.get(key(of, frame(of)))))
        .or(
            () ->
                questions
                    .get(family)
                    .value()
                    .filter(
                        last -> now.isPresent() && last.training().trace() == now.get().trace()));
  }

  /** What there is to see now. */
  public FamiliesView view() {
    return new FamiliesView(
        choice.families().stream().map(this::panel).toList(), playhead.stepProperty().get());
  }

  /** What is seen of a family. */
  FamilyPanel panel(Family family) {
    Optional<Training> known = training(family);
    return new FamilyPanel(
        family,
        known.map(Training::data).orElse(choice.learned()),
        known,
        known.map(this::frame).orElse(0),
        shot(family),
        known.map(this::curve).orElse(new double[0]),
        choice.toggledProperty().get(),
        family == choice.selectedProperty().get());
  }

  /** KL at every state of a training that was measured; NaN at others: [frames + 1]. */
  private double[] curve(Training of) {
    double[] curve = new double[of.frames() + 1];
    for (int frame = 0; frame < curve.length; frame++) {
      Shot shot = shots.get(key(of, frame));
      curve[frame] = shot == null ? Double.NaN : shot.figures().map(f -> f.kl()).orElse(Double.NaN);
    }
    return curve;
  }

  /** What went wrong; empty if nothing. */
  String problem() {
    return Stream.concat(
            Stream.of(first.problem(), opening.problem(), trained.problem(), curves.problem()),
            questions.values().stream().map(Work::problem))
        .filter(problem -> !problem.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** What is chosen. */
  FamiliesChoice choice() {
    return choice;
  }

  @Override
  public Playhead playhead() {
    return playhead;
  }

  @Override
  public int planned() {
    return shown().mapToInt(Training::frames).max().orElse(Family.FRAMES);
  }

  /** Training has no t. */
  @Override
  public OptionalDouble time() {
    return OptionalDouble.empty();
  }

  @Override
  public void goTo(double time) {
    // A t says nothing of how far a training is.
  }

  @Override
  public List<Status.Figure> figures() {
    Optional<Training> selected =
        Optional.ofNullable(choice.selectedProperty().get()).flatMap(this::training);
    return selected
        .or(() -> shown().findFirst())
        .map(
            of ->
                List.of(
                    new Status.Figure(
                        "training step",
                        String.format(Locale.ROOT, "%,d", of.stepAt(frame(of))),
                        String.format(Locale.ROOT, " of %,d", of.stepAt(of.frames()))),
                    new Status.Figure("loss", of.loss(frame(of)).orElse("–"), ""),
                    new Status.Figure("seed", Long.toString(of.trace().header().seed()), "")))
        .orElse(List.of());
  }
}
