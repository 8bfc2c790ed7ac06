package dev.unmask.app.corruption;

import dev.unmask.app.session.Session;
import dev.unmask.engine.corruption.Examination;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Asks a model what stood in a corrupted text; the engine's thread does so, any may look. */
final class Exam {
  private static final int DRAWS = 8;

  private final Session session;
  private volatile Answers answers = Answers.NOTHING;
  private Future<?> asking = new FutureTask<>(() -> null);

  /** Where nothing was asked yet. */
  Exam(Session session) {
    this.session = session;
  }

  /**
   * What a model answered so far.
   *
   * @param text as it was shown; each draw corrupts it otherwise
   * @param problem why there is no more; empty if nothing is wrong
   */
  private record Answers(
      Optional<TokenCorruption> text, int t, List<Examination> draws, String problem) {
    private static final Answers NOTHING = new Answers(Optional.empty(), 0, List.of(), "");

    boolean are(Optional<TokenCorruption> other, int when) {
      return text.isPresent() && text.equals(other) && t == when;
    }
  }

  /**
   * Asks about what noise has left at t, with several draws of it; the first is the one shown.
   *
   * @param seed of the first draw
   */
  void begin(String model, NoiseKind kind, TokenCorruption text, int t, long seed) {
    cancel();
    Optional<TokenCorruption> about = Optional.of(text);
    answers = new Answers(about, t, List.of(), "");
    asking =
        session.ask(
            model,
            (opened, alphabet) -> {
              List<Examination> draws = new ArrayList<>();
              while (draws.size() < DRAWS && !Thread.currentThread().isInterrupted()) {
                TokenCorruption drawn = text.withSeed(seed + draws.size());
                draws.add(Examination.of(opened.denoiser(), opened.vocabulary(), kind, drawn, t));
                answers = new Answers(about, t, List.copyOf(draws), "");
              }
            },
            problem -> answers = new Answers(about, t, List.of(), problem));
  }

  /** Whether the model is being asked. */
  boolean goesOn() {
    return answers.text.isPresent() && !asking.isDone();
  }

  /** Asks no more; what was answered stays. */
  void cancel() {
    asking.cancel(true);
    if (answers.draws.isEmpty()) {
      answers = Answers.NOTHING;
    }
  }

  /** What the model answered to the text as it is shown, if it was asked. */
  Optional<Examination> of(Optional<TokenCorruption> text, int t) {
    Answers last = answers;
    return last.are(text, t) ? last.draws.stream().findFirst() : Optional.empty();
  }

  /** How well the model answered, or that it was not asked. */
  String verdict(Optional<TokenCorruption> text, int t) {
    Answers last = answers;
    if (!last.are(text, t)) {
      return "What would training ask here, and how well would the model answer?";
    }
    if (!last.problem.isEmpty()) {
      return last.problem;
    }
    return last.draws.isEmpty() ? "Asking the model …" : Examination.summary(last.draws);
  }
}
