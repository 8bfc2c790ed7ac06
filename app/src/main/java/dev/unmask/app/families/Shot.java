package dev.unmask.app.families;

import dev.unmask.engine.families.Lattice;
import dev.unmask.engine.families.PlaneFigures;
import dev.unmask.engine.families.PlaneLayer;
import dev.unmask.engine.families.PlaneModel;
import java.util.List;
import java.util.Optional;

/**
 * What a model was at a state of its training.
 *
 * @param samples [2 × N]
 * @param layers what else it shows
 * @param evaluations of its network for a sample
 * @param figures once it was measured
 */
record Shot(
    Training training,
    int frame,
    float[] samples,
    List<PlaneLayer> layers,
    int evaluations,
    int parameters,
    Optional<PlaneFigures> figures) {
  private static final int SAMPLES = 400;
  private static final long SEED = 1;
  private static final Lattice LATTICE = new Lattice(56, Lattice.REACH);

  /** Asks a model of a training what it was. */
  static Shot of(Training training, int frame) {
    try (PlaneModel model = model(training, frame)) {
      return new Shot(
          training,
          frame,
          model.samples(SAMPLES, SEED),
          model.layers(LATTICE),
          model.evaluations(),
          model.parameters(),
          Optional.empty());
    }
  }

  /** The same with its figures. */
  Shot measured() {
    try (PlaneModel model = model(training, frame)) {
      PlaneFigures measured = PlaneFigures.of(model, training.data());
      return new Shot(
          training, frame, samples, layers, evaluations, parameters, Optional.of(measured));
    }
  }

  /** Which modes its samples found: all that were drawn to measure it, once they were. */
  boolean[] found() {
    return figures.map(PlaneFigures::found).orElseGet(() -> training.data().found(samples));
  }

  private static PlaneModel model(Training training, int frame) {
    PlaneModel model = training.family().model(training.trace().header(), frame);
    model.become(training.trace().state(frame).numbers());
    return model;
  }
}
