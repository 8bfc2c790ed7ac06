package dev.unmask.app.images;

import dev.unmask.app.images.ImageOrigin.Clean;
import dev.unmask.app.images.ImagesChoice.Chosen;
import dev.unmask.app.picture.Status;
import dev.unmask.app.session.ImageWork;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import dev.unmask.app.session.Work;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecentSteps;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;

/**
 * The images that are made: what was chosen, what came of it, and where in it is looked. The window
 * calls {@link #pulse} while it is open; runs are computed elsewhere, recorded as they go on, and
 * watched as they grow.
 */
public final class ImagesViewModel implements Transport {
  private static final int THREADS = 1;

  /** How many of the last runs are looked at for one of images. */
  private static final int LOOKED_AT = 40;

  private final Session session;
  private final ModelFolders folders;
  private final RunFolder runs;
  private final List<String> models;
  private final ImagesChoice choice;
  private final ImageOrigin origin = new ImageOrigin();
  private final Executor thread;
  private final Work<Made> made = new Work<>();
  private final Playhead playhead = new Playhead();
  private final IntegerProperty selection = new SimpleIntegerProperty(0);
  // Opened by the thread that makes images.
  private volatile Optional<ImageFolder> model = Optional.empty();
  private Optional<Trace<BatchState, ImageRecord>> moved = Optional.empty();

  /** t of the states of what was moved to; those of a file are read once. */
  private final List<Double> times = new ArrayList<>();

  private boolean begun;

  /** Whether the next run that is shown is to fill the form. */
  private boolean opening;

  /** Why the last branch was not begun; empty if it was. */
  private String refusal = "";

  /**
   * With nothing made yet.
   *
   * @param with computes one run after the other
   */
  public ImagesViewModel(Session session, ImageWork with) {
    this.session = session;
    folders = with.folders();
    runs = with.runs();
    thread = with.thread();
    models = folders.names();
    choice = new ImagesChoice(models.isEmpty() ? "" : models.getFirst());
    session.openedProperty(TraceKind.IMAGES).subscribe(file -> file.ifPresent(this::open));
  }

  /**
   * A run as far as it is.
   *
   * @param planned steps that it is to take
   * @param file where it is recorded
   * @param first the step to look at first: that where a branch begins
   */
  private record Made(
      Trace<BatchState, ImageRecord> trace, int planned, boolean live, Path file, int first) {}

  /** Makes images as they are chosen now; what is being made is given up. */
  public void run() {
    refusal = "";
    choice
        .chosen()
        .ifPresent(
            chosen -> {
              Optional<ImageOrigin.Noised> from = origin.noised();
              made.start(thread, tell -> make(chosen, from, tell));
            });
  }

  /**
   * Goes on from the step that is shown with what the form has otherwise, as another run; the one
   * that is shown ends and stays.
   */
  public void branch() {
    refusal = "";
    Optional<Chosen> chosen = choice.chosen();
    if (chosen.isEmpty() || made.value().isEmpty()) {
      return;
    }
    Made parent = made.value().get();
    ImageFrame shown = batch().orElseThrow();
    TraceHeader header = parent.trace.header();
    ImagesBranch branch = ImagesBranch.of(chosen.get(), header, shown.step());
    String model = header.model().name();
    if (!models.contains(model)) {
      refusal =
          "The model %s of this run is not a bundled one; branch it by `unmask branch` with --model."
              .formatted(model);
    } else if (branch.repeats() && shown.step() == shown.recorded() && shown.time() == 0) {
      refusal = "The run ended here; branch at an earlier step, or change the form.";
    } else {
      made.start(thread, tell -> branch(branch, parent.file, model, tell));
    }
  }

  /** What a branch would change at the step that is shown; empty for nothing. */
  String branchWords() {
    return choice
        .chosen()
        .flatMap(
            chosen ->
                batch().map(at -> ImagesBranch.of(chosen, at.trace().header(), at.step()).words()))
        .orElse("");
  }

  /** The images that were made last: they need not be made again to be shown at the start. */
  private Optional<Path> latest() {
    return runs.latest(LOOKED_AT).stream().filter(TraceKind.IMAGES::is).findFirst();
  }

  /** Shows images that were recorded, on their page. */
  private void open(Path file) {
    session.pageProperty().set(ImagesPage.PAGE);
    begun = true;
    opening = true;
    refusal = "";
    made.start(
        thread,
        tell -> {
          tell.accept(read(file));
          session.shows(file);
        });
  }

  private static Made read(Path file) {
    var trace = new RecentSteps<>(TraceKind.IMAGES.open(file, Arena.ofAuto()));
    return new Made(trace, trace.steps(), false, file, 0);
  }

  /** Gives up what is being made; what was made of it stays. */
  void cancel() {
    made.cancel();
  }

  private void make(Chosen chosen, Optional<ImageOrigin.Noised> from, Consumer<Made> tell) {
    ImageFolder opened = open(chosen.model());
    ImageDenoiser denoiser = opened.denoiser();
    Optional<Start.Given> begin =
        from.flatMap(clean -> clean.start(chosen, denoiser.shape().values()));
    var start = chosen.start(denoiser.classes(), begin);
    var plan = chosen.plan(denoiser.classes());
    record(ImageRun.start(RunModel.of(opened), start, plan), chosen.words(), tell);
  }

  private void branch(ImagesBranch branch, Path parent, String model, Consumer<Made> tell) {
    RunModel.Images asked = RunModel.of(open(model));
    ImageRun run;
    try (var trace = TraceKind.IMAGES.open(parent)) {
      run = asked.branch(trace, branch.of(parent), SamplerPermission.NONE);
    }
    record(run, "branch at " + branch.step(), tell);
  }

  /** Takes the steps that are left; whatever ends them, those that were taken become a trace. */
  private void record(ImageRun run, String words, Consumer<Made> tell) {
    Path file = runs.next(words);
    int first = run.trace().steps();
    try (var recorder = TraceRecorder.create(file, run.trace())) {
      try {
        while (!run.finished() && !Thread.currentThread().isInterrupted()) {
          recorder.append(run.step());
          tell.accept(new Made(run.trace(), run.plannedSteps(), !run.finished(), file, first));
        }
      } finally {
        recorder.finish();
      }
    }
    tell.accept(new Made(run.trace(), run.plannedSteps(), false, file, first));
  }

  private ImageFolder open(String name) {
    Optional<ImageFolder> known = model.filter(opened -> opened.name().equals(name));
    if (known.isPresent()) {
      return known.get();
    }
    ImageFolder opened = ImageFolder.open(folders.resolve(name), THREADS);
    model.ifPresent(ImageFolder::close);
    model = Optional.of(opened);
    return opened;
  }

  /** Takes over what was made since, and moves on. */
  public void pulse(double seconds) {
    if (!begun && idle()) {
      begun = true;
      opening = true;
      // Away from the window: the files of many runs may have to be looked at.
      Optional<Chosen> chosen = choice.chosen();
      made.start(
          thread,
          tell ->
              latest()
                  .ifPresentOrElse(
                      file -> tell.accept(read(file)),
                      () -> chosen.ifPresent(first -> make(first, Optional.empty(), tell))));
    }
    made.value().ifPresent(now -> move(now, seconds));
  }

  /** Whether there is a model, and no run of tokens that this would slow down. */
  private boolean idle() {
    Optional<Run.Progress> tokens = session.progressProperty().get();
    boolean busy = tokens.map(Run.Progress::phase).filter(Run.Phase::live).isPresent();
    boolean begins = session.comingProperty().get().isPresent();
    return !models.isEmpty() && !busy && !begins;
  }

  private void move(Made now, double seconds) {
    Trace<BatchState, ImageRecord> trace = now.trace;
    boolean other = !moved.equals(Optional.of(trace));
    if (other) {
      moved = Optional.of(trace);
      times.clear();
      playhead.restart();
    }
    playhead.grow(trace.steps(), now.live && live());
    if (other) {
      playhead.begin(now.first);
      if (opening) {
        opening = false;
        choice.takeOver(trace.header(), models);
      }
    }
    Transport leader = session.transportProperty().get();
    if (leader == this) {
      playhead.advance(seconds);
    } else {
      leader.time().ifPresent(this::goTo);
    }
  }

  @Override
  public int planned() {
    return made.value().map(Made::planned).orElse(0);
  }

  @Override
  public OptionalDouble time() {
    return batch()
        .map(ImageFrame::time)
        .filter(t -> !Double.isNaN(t))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  @Override
  public void goTo(double time) {
    moved.ifPresent(trace -> follow(trace, time));
  }

  @Override
  public List<Status.Figure> figures() {
    return batch()
        .map(
            now ->
                List.of(
                    new Status.Figure("step", Integer.toString(now.step()), " of " + planned()),
                    new Status.Figure(
                        "t",
                        Double.isNaN(now.time())
                            ? "–"
                            : String.format(Locale.ROOT, "%.3f", now.time()),
                        ""),
                    new Status.Figure("seed", Long.toString(now.trace().header().seed()), "")))
        .orElse(List.of());
  }

  /** Goes where t is nearest; a chain that tells no t is followed by its share of steps. */
  private void follow(Trace<BatchState, ImageRecord> trace, double t) {
    int steps = playhead.headProperty().get();
    for (int i = times.size(); i <= steps; i++) {
      times.add(trace.state(i).time());
    }
    playhead.seek(
        IntStream.rangeClosed(0, steps)
            .reduce(0, (best, i) -> distance(i, steps, t) < distance(best, steps, t) ? i : best));
  }

  private double distance(int index, int steps, double t) {
    double time = times.get(index);
    double known = Double.isNaN(time) ? 1 - (double) index / Math.max(1, steps) : time;
    return Math.abs(known - t);
  }

  /** Goes to a step. */
  void seek(int step) {
    refusal = "";
    playhead.seek(step);
  }

  /** What there is to see; empty until the first images are there. */
  public Optional<ImageFrame> batch() {
    return made.value()
        .map(Made::trace)
        .map(
            trace -> {
              int recorded = playhead.headProperty().get();
              int last = trace.header().images().shape().images() - 1;
              return new ImageFrame(
                  trace,
                  recorded,
                  Math.min(playhead.stepProperty().get(), recorded),
                  Math.clamp(selection.get(), 0, last));
            });
  }

  /** The image that runs start from, at the noise that is chosen, and what came back of it. */
  Optional<RoundTrip> trip() {
    return choice.chosen().flatMap(chosen -> origin.trip(chosen, batch()));
  }

  /** Images that a run can start from: those of an exact model, and the one looked at. */
  List<Clean> origins() {
    List<Clean> origins = new ArrayList<>();
    batch()
        .ifPresent(
            batch -> origins.add(new Clean("the image that is shown", one(batch), batch.end())));
    model
        .flatMap(ImageFolder::known)
        .ifPresent(
            known -> {
              BatchShape shape =
                  new BatchShape(
                      1, known.shape().channels(), known.shape().height(), known.shape().width());
              for (int i = 0; i < known.names().size(); i++) {
                origins.add(new Clean(known.names().get(i), shape, known.images()[i]));
              }
            });
    return origins;
  }

  private static BatchShape one(ImageFrame batch) {
    BatchShape all = batch.shape();
    return new BatchShape(1, all.channels(), all.height(), all.width());
  }

  /** What runs start from. */
  ImageOrigin origin() {
    return origin;
  }

  /** Names of the classes of the model that was opened last; numbers where it tells no names. */
  List<String> classes() {
    return model
        .map(
            opened -> opened.known().map(known -> known.classes()).orElseGet(() -> numbers(opened)))
        .orElse(List.of());
  }

  private static List<String> numbers(ImageFolder opened) {
    return IntStream.range(0, opened.denoiser().classes()).mapToObj(Integer::toString).toList();
  }

  /** Whether images are being made. */
  public boolean live() {
    return made.goesOn();
  }

  /** The share of the steps that are made. */
  double progress() {
    return made.value()
        .filter(now -> now.planned > 0)
        .map(now -> (double) now.trace.steps() / now.planned)
        .orElse(0.0);
  }

  /** What is wrong with what was chosen; empty if nothing is. */
  public String problem() {
    return refusal.isEmpty() ? made.problem() : refusal;
  }

  /** The bundled image models. */
  List<String> models() {
    return models;
  }

  /** What is chosen. */
  public ImagesChoice choice() {
    return choice;
  }

  @Override
  public Playhead playhead() {
    return playhead;
  }

  /** The image that is looked at closely, from 0. */
  IntegerProperty selectionProperty() {
    return selection;
  }
}
