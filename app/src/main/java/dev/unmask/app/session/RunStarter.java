package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.corruption.Alphabet;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Starts runs, away from the thread that asks; all that can go wrong is told by their progress. */
public interface RunStarter {
  /** Starts a run. One that goes on from another that is live begins when that is at its end. */
  Run start(Beginning beginning);

  /** Asks a model something, before or after runs, in place of what that work was before. */
  <T> void ask(Work<T> work, String model, Question<T> question);

  /** What is asked of a model. */
  @FunctionalInterface
  interface Question<T> {
    /**
     * Asks it, on the thread that models belong to.
     *
     * @param tell is given the answer, as {@link Work.Job#run} says
     */
    void ask(Model model, Alphabet alphabet, Consumer<T> tell);
  }

  /** The samplers of people's own that may be run. */
  AllowedSamplers samplers();

  /** What images are made with. */
  ImageWork images();

  /** Opens a run that was recorded. */
  Run open(Path file);
}
