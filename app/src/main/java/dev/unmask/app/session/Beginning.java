package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;

/** How a run of the window begins. */
public interface Beginning {
  /** A bundled model's name, or a model folder. */
  String model();

  /** What tells its run from others, for the name of its file. */
  String words();

  /**
   * Starts it on its model.
   *
   * @param samplers those of people's own that may be run
   * @throws dev.unmask.engine.InputException if its parts do not fit together, or its sampler may
   *     not be run
   */
  TokenRun start(Model opened, SamplerPermission samplers);
}
