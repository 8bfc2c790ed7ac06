package dev.unmask.engine.families;

import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.run.TrainingRun;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.tensor.HostTensors;
import java.util.Map;

/** Models that learned for a moment. */
final class Trained {
  static final DataSet RING = DataSet.named("ring");

  private Trained() {}

  /** One that has learned nothing, and will in so many steps. */
  static PlaneModel fresh(String family, String data, int steps, Map<String, String> settings) {
    return fresh(family, data, steps, settings, 1);
  }

  static PlaneModel fresh(
      String family, String data, int steps, Map<String, String> settings, int threads) {
    Family of = Families.named(family);
    return of.constructor()
        .apply(
            new Family.Setup(
                DataSet.named(data),
                Settings.of(of.settings(), settings),
                steps,
                1,
                new HostTensors(threads)));
  }

  /** One that has learned for all of its steps. */
  static PlaneModel of(String family, String data, int steps, Map<String, String> settings) {
    PlaneModel model = fresh(family, data, steps, settings);
    for (int step = 0; step < steps; step++) {
      model.train(step, 1);
    }
    return model;
  }

  /** A training that has not begun. */
  static TrainingRun run(String family, int steps, int frames, long seed) {
    Family of = Families.named(family);
    return TrainingRun.start(
        of.model(1), "ring", Settings.of(of.settings(), Map.of()), seed, steps, frames);
  }
}
