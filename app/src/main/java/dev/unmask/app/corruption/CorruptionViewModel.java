package dev.unmask.app.corruption;

import dev.unmask.app.session.Beginning;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Denoising;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.corruption.SampleText;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
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
public final class CorruptionViewModel {
  /** So many pulses may pass before it is told that something is worked out. */
  private static final int NOTICEABLE = 20;

  private final Session session;
  private final Executor thread;
  private final Work<Corrupted> corrupted = new Work<>();
  private final Exam exam;
  private final StringProperty model = new SimpleStringProperty("");
  private final StringProperty text = new SimpleStringProperty(SampleText.STORY.text());
  private final ObjectProperty<NoiseKind> kind = new SimpleObjectProperty<>(Noise.PLAIN.kind());
  private final ObjectProperty<NoiseSchedule> schedule =
      new SimpleObjectProperty<>(Noise.PLAIN.schedule());
  private final LongProperty seed = new SimpleLongProperty(1);
  private final IntegerProperty time = new SimpleIntegerProperty(Noise.PLAIN.steps() / 2);
  private final IntegerProperty selection = new SimpleIntegerProperty(-1);
  private Optional<Asked> asked = Optional.empty();
  private int waited;
  private String refusal = "";
  private Optional<WayBack> way = Optional.empty();

  /**
   * With nothing computed yet.
   *
   * @param thread does what needs no model
   */
  public CorruptionViewModel(Session session, String model, Executor thread) {
    this.session = session;
    this.thread = thread;
    exam = new Exam(session);
    this.model.set(model);
  }

  /** What a corruption depends on. */
  private record Asked(String model, Noise noise, String text, long seed) {}

  /** A corruption, and what was asked for that it came of. */
  private record Corrupted(Asked asked, Alphabet alphabet, TokenCorruption text) {}

  /** Sees to it that what is chosen is being computed. */
  public void pulse() {
    Asked now =
        new Asked(
            model.get(),
            new Noise(kind.get(), schedule.get(), Noise.PLAIN.steps(), Noise.PLAIN.neighbours()),
            text.get(),
            seed.get());
    if (!asked.equals(Optional.of(now))) {
      asked = Optional.of(now);
      exam.cancel();
      refusal = "";
      prepare(now);
    }
    waited = corrupted.goesOn() ? waited + 1 : 0;
  }

  private void prepare(Asked now) {
    if (now.model.equals(Alphabet.LETTERS)) {
      corrupted.start(thread, tell -> tell.accept(corrupted(now, Alphabet.letters())));
    } else {
      session.ask(
          corrupted, now.model, (opened, alphabet, tell) -> tell.accept(corrupted(now, alphabet)));
    }
  }

  private static Corrupted corrupted(Asked now, Alphabet alphabet) {
    return new Corrupted(now, alphabet, now.noise.of(alphabet, now.text, now.seed));
  }

  /** The text that was corrupted last; empty before the first. */
  public Optional<NoisedText> noised() {
    return corrupted
        .value()
        .map(
            shown ->
                new NoisedText(
                    shown.alphabet,
                    shown.asked.noise,
                    shown.text,
                    time.get(),
                    selection.get(),
                    exam.of(Optional.of(shown.text), time.get())));
  }

  /** Whether what was chosen is taking its time. */
  boolean working() {
    return waited > NOTICEABLE;
  }

  /** What is wrong with what was chosen, or cannot be done with it; empty if nothing is. */
  public String problem() {
    return corrupted.problem().isEmpty() ? refusal : corrupted.problem();
  }

  /** Whether the model can be asked, or go back, from here. */
  boolean ready() {
    return corrupted.current().isPresent()
        && time.get() > 0
        && !model.get().equals(Alphabet.LETTERS);
  }

  /** Asks the model what stood there, at the t that is shown. */
  void test() {
    Corrupted shown = corrupted.current().orElseThrow();
    Asked chosen = shown.asked;
    exam.begin(chosen.model, chosen.noise.kind(), shown.text, time.get(), chosen.seed);
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
    return exam.verdict(corrupted.value().map(Corrupted::text), time.get());
  }

  /** Starts a run from what noise has left, if a sampler can go back from there. */
  void denoise() {
    Corrupted from = corrupted.current().orElseThrow();
    var denoising =
        new Denoising(
            from.alphabet.identity(),
            from.text.clean(),
            from.text.at(time.get()),
            (double) time.get() / from.text.steps(),
            from.asked.noise.kind());
    Work.attempt(
        () -> {
          var request =
              new DenoiseRequest(from.asked.model, denoising, denoising.sampler(), from.asked.seed);
          way = Optional.of(new WayBack(session.start(request), denoising, from.alphabet));
        },
        problem -> refusal = problem);
  }

  /** What came back by the step that is shown; empty where no run goes back. */
  Optional<WayBack.Result> result() {
    return way.map(
        back ->
            back.result(shown(back) ? session.playhead().stepProperty().get() : Integer.MAX_VALUE));
  }

  private boolean shown(WayBack back) {
    return session.run().filter(run -> run == back.run()).isPresent();
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
  public StringProperty modelProperty() {
    return model;
  }

  /** The text. */
  public StringProperty textProperty() {
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

  /** A run that goes back from a corrupted text, by the sampler for its noise. */
  record DenoiseRequest(String model, Denoising denoising, String sampler, long seed)
      implements Beginning {
    @Override
    public String words() {
      return "%s from %.2f".formatted(sampler, denoising.time());
    }

    @Override
    public TokenRun start(Model opened, SamplerPermission samplers) {
      return denoising.start(
          RunModel.of(opened), Samplers.named(sampler, samplers), Map.of(), seed);
    }
  }
}
