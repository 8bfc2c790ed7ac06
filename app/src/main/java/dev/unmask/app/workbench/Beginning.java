package dev.unmask.app.workbench;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.run.TokenRun;

/** How a run of the window begins. */
interface Beginning {
  /** A bundled model's name, or a model folder. */
  String model();

  /** What tells its run from others, for the name of its file. */
  String words();

  /**
   * Starts it on its model.
   *
   * @throws dev.unmask.engine.InputException if its parts do not fit together
   */
  TokenRun start(Model opened);
}
