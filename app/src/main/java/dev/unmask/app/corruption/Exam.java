package dev.unmask.app.corruption;

import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.corruption.Examination;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a model what stood in a corrupted text; the engine's thread does so. */
final class Exam {
  private static final int DRAWS = 8;

  private final Session session;
  private final Work<List<Examination>> answers = new Work<>();
  private Optional<TokenCorruption> text = Optional.empty();
  private int t;

  /** Where nothing was asked yet. */
  Exam(Session session) {
    this.session = session;
  }

  /**
   * Asks about what noise has left at t, with several draws of it; the first is the one shown.
   *
   * @param seed of the first draw
   */
  void begin(String model, NoiseKind kind, TokenCorruption about, int when, long seed) {
    answers.forget();
    text = Optional.of(about);
    t = when;
    session.ask(
        answers,
        model,
        (opened, alphabet, tell) -> {
          List<Examination> draws = new ArrayList<>();
          while (draws.size() < DRAWS && !Thread.currentThread().isInterrupted()) {
            TokenCorruption drawn = about.withSeed(seed + draws.size());
            draws.add(Examination.of(opened.denoiser(), opened.vocabulary(), kind, drawn, when));
            tell.accept(List.copyOf(draws));
          }
        });
  }

  /** Whether the model is being asked. */
  boolean goesOn() {
    return answers.goesOn();
  }

  /** Asks no more; what was answered stays. */
  void cancel() {
    answers.cancel();
    if (answers.value().isEmpty()) {
      answers.forget();
      text = Optional.empty();
    }
  }

  private boolean isAbout(Optional<TokenCorruption> shown, int when) {
    return text.isPresent() && text.equals(shown) && t == when;
  }

  /** What the model answered to the text as it is shown, if it was asked. */
  Optional<Examination> of(Optional<TokenCorruption> shown, int when) {
    return answers.value().filter(_ -> isAbout(shown, when)).map(List::getFirst);
  }

  /** How well the model answered, or that it was not asked. */
  String verdict(Optional<TokenCorruption> shown, int when) {
    if (!isAbout(shown, when)) {
      return "What would training ask here, and how well would the model answer?";
    }
    if (!answers.problem().isEmpty()) {
      return answers.problem();
    }
    return answers.value().map(Examination::summary).orElse("Asking the model …");
  }
}
