package dev.unmask.engine.families;

/** Something that a model can show of itself on the plane, beside its samples. */
public sealed interface PlaneLayer {
  /** What it is, in a few words. */
  String title();

  /**
   * A number at each place of a lattice.
   *
   * @param logarithm whether it is one, so that a picture may show its exponential
   * @param values [cells²]
   */
  record Values(String title, boolean logarithm, Lattice lattice, double[] values)
      implements PlaneLayer {}

  /**
   * An arrow at each place of a lattice.
   *
   * @param arrows [2 × cells²]
   */
  record Arrows(String title, Lattice lattice, float[] arrows) implements PlaneLayer {}

  /**
   * Lines in the plane, each of equally many points.
   *
   * @param lines of each x and y of its points, one after the other: [lines][2 × points]
   */
  record Lines(String title, float[][] lines) implements PlaneLayer {}

  /**
   * Points on a plane of their own, on which noise is standard normal.
   *
   * @param points [2 × N]
   * @param shown where each is in the plane of the data: [2 × N]
   */
  record Latents(String title, float[] points, float[] shown) implements PlaneLayer {}
}
