package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.nio.file.Path;
import java.util.Optional;

/** How a run of the window begins. */
public interface Beginning {
  /** A bundled model's name, or a model folder. */
  String model();

  /** The trace that it goes on from, which must be whole before; empty if it begins anew. */
  default Optional<Path> origin() {
    return Optional.empty();
  }

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
