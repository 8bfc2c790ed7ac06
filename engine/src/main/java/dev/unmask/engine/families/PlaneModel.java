package dev.unmask.engine.families;

import dev.unmask.engine.run.Learner;
import java.util.List;

/** A model of points in the plane: what it learned so far, asked and shown. */
public interface PlaneModel extends Learner {
  /**
   * Draws points.
   *
   * @return [2 × count]
   */
  float[] samples(int count, long seed);

  /** How often its network is evaluated for a sample. */
  int evaluations();

  /** How many numbers are learned. */
  int parameters();

  /** What it can say of how probable a place is. */
  Likelihood likelihood();

  /** What else it can show. */
  List<Layer> layers(Lattice lattice);
}
