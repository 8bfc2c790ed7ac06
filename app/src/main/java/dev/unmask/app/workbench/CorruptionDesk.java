package dev.unmask.app.workbench;

import dev.unmask.app.corruption.NoisedText;
import dev.unmask.engine.InputException;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Denoising;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.corruption.SampleText;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
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
  /** So many pulses may pass before it is told that something is worked out. */
  private static final int NOTICEABLE = 20;

  private final Session session;
  private final Executor work;
  private final Exam exam;
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
  private Future<?> preparing = new FutureTask<>(() -> null);
  private int waited;
  private String refusal = "";
  private Optional<WayBack> way = Optional.empty();

  /**
   * With nothing computed yet.
   *
   * @param work does what needs no model
   */
  CorruptionDesk(Session session, String model, Executor work) {
    this.session = session;
    this.work = work;
    exam = new Exam(session);
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
      exam.cancel();
      preparing.cancel(false);
      refusal = "";
      prepare(now);
    }
    waited = prepared.asked.equals(asked) ? 0 : waited + 1;
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
                exam.of(ready.text, time.get())));
  }

  /** Whether what was chosen is taking its time. */
  boolean working() {
    return waited > NOTICEABLE;
  }

  /** What is wrong with what was chosen, or cannot be done with it; empty if nothing is. */
  String problem() {
    return prepared.problem.isEmpty() ? refusal : prepared.problem;
  }

  /** Whether the model can be asked, or go back, from here. */
  boolean ready() {
    return prepared.text.isPresent()
        && prepared.asked.equals(asked)
        && time.get() > 0
        && !model.get().equals(Alphabet.LETTERS);
  }

  /** Asks the model what stood there, at the t that is shown. */
  void test() {
    Asked chosen = prepared.asked.orElseThrow();
    exam.begin(
        chosen.model, chosen.noise.kind(), prepared.text.orElseThrow(), time.get(), chosen.seed);
  }

  /** Whether the model is being asked. */
  boolean testing() {
    return exam.goesOn();
  }

  /** Asks no more. */
  void cancel() {
    exam.cancel();
  }

  /** How well the model answered, or that it was not asked. */
  String verdict() {
    return exam.verdict(prepared.text, time.get());
  }

  /** Starts a run from what noise has left, if a sampler can go back from there. */
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
    try {
      var request = new DenoiseRequest(model.get(), denoising, denoising.sampler(), seed.get());
      way = Optional.of(new WayBack(session.denoise(request), denoising, alphabet));
    } catch (InputException e) {
      refusal = e.getMessage();
    }
  }

  /** What came back; empty where no run went back yet. */
  Optional<WayBack.Result> result() {
    return way.map(WayBack::result);
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
