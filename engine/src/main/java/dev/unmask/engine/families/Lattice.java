package dev.unmask.engine.families;

/**
 * Places at which something is asked, line after line from the lowest, each from the left: the
 * middles of equal cells of a square about the origin.
 *
 * @param cells along each side
 * @param reach from the origin to each side
 */
public record Lattice(int cells, double reach) {
  /** All data that there are lie well within. */
  public static final double REACH = 3;

  /** Width and height of a cell. */
  public double cell() {
    return 2 * reach / cells;
  }

  /** The middle of the cell of that number in its line, or of that line. */
  public double middle(int index) {
    return -reach + (index + 0.5) * cell();
  }

  /** All places: [2 × cells²]. */
  public float[] places() {
    float[] places = new float[2 * cells * cells];
    for (int i = 0; i < cells * cells; i++) {
      places[2 * i] = (float) middle(i % cells);
      places[2 * i + 1] = (float) middle(i / cells);
    }
    return places;
  }
}
