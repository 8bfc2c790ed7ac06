package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.corruption.Alphabet;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Starts runs, away from the thread that asks; all that can go wrong is told by their progress. */
public interface RunStarter {
  /** Starts a run. */
  Run start(Beginning beginning);

  /**
   * Does something with a model and its tokens, before or after runs; cancelling it interrupts it.
   *
   * @param problem is told a sentence if the model cannot be had or the work cannot be done
   */
  Future<?> ask(String model, BiConsumer<Model, Alphabet> work, Consumer<String> problem);

  /** The samplers of people's own that may be run. */
  AllowedSamplers samplers();

  /** What images are made with. */
  ImageWork images();

  /** Opens a run that was recorded. */
  Run open(Path file);
}
