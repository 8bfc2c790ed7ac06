package dev.unmask.app.workbench;

import dev.unmask.app.corruption.NoisedText;
import dev.unmask.app.corruption.NoisedWord;
import dev.unmask.engine.InputException;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Denoising;
import dev.unmask.engine.corruption.Examination;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.corruption.SampleText;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * A text that is being corrupted: what was chosen, and what came of it. The window calls {@link
 * #pulse} while it is looked at; all that takes time is done elsewhere.
 */
final class CorruptionDesk {
  private static final int DRAWS = 8;

  private final Session session;
  private final Executor work;
  private final StringProperty model = new SimpleStringProperty("");
  private final StringProperty text = new SimpleStringProperty(SampleText.STORY.text());
  private final ObjectProperty<NoiseKind> kind = new SimpleObjectProperty<>(Noise.PLAIN.kind());
  private final ObjectProperty<NoiseSchedule> schedule =
      new SimpleObjectProperty<>(Noise.PLAIN.schedule());
  private final LongProperty seed = new SimpleLongProperty(1);
  private final IntegerProperty time = new SimpleIntegerProperty(Noise.PLAIN.steps() / 2);
  private final IntegerProperty selection = new SimpleIntegerProperty(-1);
  private volatile Optional<Asked> asked = Optional.empty();
  private volatile Prepared prepared = Prepared.NOTHING;
  private volatile Tested tested = Tested.NOTHING;
  private Future<?> preparing = new FutureTask<>(() -> null);
  private Future<?> testing = new FutureTask<>(() -> null);
  private Optional<Way> way = Optional.empty();

  /**
   * With nothing computed yet.
   *
   * @param work does what needs no model
   */
  CorruptionDesk(Session session, String model, Executor work) {
    this.session = session;
    this.work = work;
    this.model.set(model);
  }

  /** What a corruption depends on. */
  private record Asked(String model, Noise noise, String text, long seed) {}

  /** What came of it: a corruption, or a sentence that says what is wrong. */
  private record Prepared(
      Optional<Asked> asked,
      Optional<Alphabet> alphabet,
      Optional<TokenCorruption> text,
      String problem) {
    private static final Prepared NOTHING =
        new Prepared(Optional.empty(), Optional.empty(), Optional.empty(), "");
  }

  /** What a model answered at a t. */
  private record Tested(Optional<Asked> asked, int t, List<Examination> draws, String problem) {
    private static final Tested NOTHING = new Tested(Optional.empty(), 0, List.of(), "");
  }

  /** A run that goes back. */
  private record Way(Run run, Denoising denoising, Alphabet alphabet) {}

  /**
   * What a run that goes back has come to.
   *
   * @param words the text as it is now
   */
  record Result(List<NoisedWord> words, String sentence) {}

  /** Sees to it that what is chosen is being computed. */
  void pulse() {
    Asked now =
        new Asked(
            model.get(),
            new Noise(kind.get(), schedule.get(), Noise.PLAIN.steps(), Noise.PLAIN.neighbours()),
            text.get(),
            seed.get());
    if (!asked.equals(Optional.of(now))) {
      asked = Optional.of(now);
      cancel();
      preparing.cancel(false);
      prepare(now);
    }
  }

  private void prepare(Asked now) {
    if (now.model.equals(Alphabet.LETTERS)) {
      var task = new FutureTask<Void>(() -> corrupt(now, Alphabet.letters()), null);
      preparing = task;
      work.execute(task);
    } else {
      preparing =
          session.ask(now.model, (opened, alphabet) -> corrupt(now, alphabet), e -> tell(now, e));
    }
  }

  private void corrupt(Asked now, Alphabet alphabet) {
    try {
      TokenCorruption corruption = now.noise.of(alphabet, now.text, now.seed);
      show(new Prepared(Optional.of(now), Optional.of(alphabet), Optional.of(corruption), ""));
    } catch (InputException e) {
      tell(now, e.getMessage());
    }
  }

  private void tell(Asked now, String problem) {
    show(new Prepared(Optional.of(now), Optional.empty(), Optional.empty(), problem));
  }

  /** Unless something else was chosen meanwhile. */
  private void show(Prepared next) {
    if (next.asked.equals(asked)) {
      prepared = next;
    }
  }

  /** The corrupted text; empty while it is computed, and where something is wrong. */
  Optional<NoisedText> noised() {
    Prepared ready = prepared;
    return ready.text.map(
        corruption ->
            new NoisedText(
                ready.alphabet.orElseThrow(),
                ready.asked.orElseThrow().noise,
                corruption,
                time.get(),
                selection.get(),
                examination(ready)));
  }

  private Optional<Examination> examination(Prepared ready) {
    Tested last = tested;
    return last.asked.equals(ready.asked) && last.t == time.get()
        ? last.draws.stream().findFirst()
        : Optional.empty();
  }

  /** What is wrong with what was chosen; empty if nothing is. */
  String problem() {
    return prepared.problem;
  }

  /** Whether the model can be asked, or go back, from here. */
  boolean ready() {
    return prepared.text.isPresent()
        && prepared.asked.equals(asked)
        && time.get() > 0
        && !model.get().equals(Alphabet.LETTERS);
  }

  /** Whether the model is being asked. */
  boolean testing() {
    return !testing.isDone() && tested.asked.isPresent();
  }

  /** Asks the model what stood there, with several draws of the noise. */
  void test() {
    Prepared ready = prepared;
    int t = time.get();
    cancel();
    tested = new Tested(ready.asked, t, List.of(), "");
    testing =
        session.ask(
            model.get(),
            (opened, alphabet) -> {
              List<Examination> draws = new ArrayList<>();
              for (int draw = 0; draw < DRAWS; draw++) {
                TokenCorruption drawn =
                    ready.text.orElseThrow().withSeed(ready.asked.orElseThrow().seed + draw);
                draws.add(
                    Examination.of(
                        opened.denoiser(),
                        opened.vocabulary(),
                        ready.asked.orElseThrow().noise.kind(),
                        drawn,
                        t));
                tested = new Tested(ready.asked, t, List.copyOf(draws), "");
              }
            },
            problem -> tested = new Tested(ready.asked, t, List.of(), problem));
  }

  /** Asks no more. */
  void cancel() {
    testing.cancel(true);
  }

  /** How well the model answered, or that it was not asked. */
  String verdict() {
    Tested last = tested;
    if (last.t != time.get() || !last.asked.equals(asked)) {
      return "What would training ask here, and how well would the model answer?";
    }
    if (!last.problem.isEmpty()) {
      return last.problem;
    }
    return last.draws.isEmpty() ? "Asking the model …" : Examination.summary(last.draws);
  }

  /** Starts a run from what noise has left. */
  void denoise() {
    Alphabet alphabet = prepared.alphabet.orElseThrow();
    TokenCorruption corruption = prepared.text.orElseThrow();
    var denoising =
        new Denoising(
            alphabet.identity(),
            corruption.clean(),
            corruption.at(time.get()),
            (double) time.get() / corruption.steps(),
            kind.get());
    Run run = session.denoise(model.get(), denoising, seed.get());
    way = Optional.of(new Way(run, denoising, alphabet));
  }

  /** What came back; empty where no run went back yet. */
  Optional<Result> result() {
    return way.map(CorruptionDesk::result);
  }

  private static Result result(Way way) {
    Run.Progress progress = way.run.progress();
    if (progress.history().isEmpty()) {
      return new Result(List.of(), progress.sentence());
    }
    Trace trace = progress.history().get().trace();
    int steps = progress.history().get().steps();
    int[] now = trace.state(steps).tokens();
    List<NoisedWord> words =
        NoisedWord.back(
            way.denoising.original(),
            way.denoising.corrupted(),
            now,
            way.alphabet.vocabulary().maskId(),
            way.alphabet.texts()::get);
    boolean done = progress.phase() == Run.Phase.FINISHED;
    return new Result(
        words, done ? way.denoising.restored(now).sentence() : "Step %d …".formatted(steps));
  }

  /** T. */
  int noiseSteps() {
    return Noise.PLAIN.steps();
  }

  /** Corrupts other tokens. */
  void newSeed() {
    seed.set(seed.get() + 1);
  }

  /** A bundled model's name, a model folder, or {@link Alphabet#LETTERS}. */
  StringProperty modelProperty() {
    return model;
  }

  /** The text. */
  StringProperty textProperty() {
    return text;
  }

  /** What noise does. */
  ObjectProperty<NoiseKind> kindProperty() {
    return kind;
  }

  /** How it grows. */
  ObjectProperty<NoiseSchedule> scheduleProperty() {
    return schedule;
  }

  /** t, of the steps of the noise. */
  IntegerProperty timeProperty() {
    return time;
  }

  /** The selected position, −1 for none. */
  IntegerProperty selectionProperty() {
    return selection;
  }
}
