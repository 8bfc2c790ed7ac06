package dev.unmask.app.corruption;

import dev.unmask.app.session.Run;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Denoising;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.List;

/** A run that goes back from a corrupted text. */
record WayBack(Run run, Denoising denoising, Alphabet alphabet) {
  /**
   * What it has come to.
   *
   * @param words the text as it is now
   */
  record Result(List<NoisedWord> words, String sentence) {}

  /**
   * What it had come to at a step, and at its end how much of the text came back.
   *
   * @param step as far as it was taken
   */
  Result result(int step) {
    Run.Progress progress = run.progress();
    if (progress.history().isEmpty()) {
      return new Result(List.of(), progress.sentence());
    }
    Trace<TokenState, TokenRecord> trace = progress.history().get().trace();
    int steps = progress.history().get().steps();
    int at = Math.min(step, steps);
    int[] now = trace.state(at).tokens();
    List<NoisedWord> words =
        NoisedWord.back(
            denoising.original(),
            denoising.corrupted(),
            now,
            alphabet.vocabulary().maskId(),
            alphabet.texts()::get);
    return new Result(
        words,
        switch (progress.phase()) {
          case FINISHED ->
              at < steps
                  ? "Step %d of %d.".formatted(at, steps)
                  : denoising.restored(now).sentence();
          case LOADING, RUNNING, PAUSED -> "Step %d …".formatted(steps);
          case CANCELLED, FAILED -> progress.sentence();
        });
  }
}
