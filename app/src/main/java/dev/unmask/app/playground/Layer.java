package dev.unmask.app.playground;

/** What can be seen in the plane, from the lowest. */
public enum Layer {
  /** How dense the particles' distribution is. */
  DENSITY("Density"),
  /** The lines within which a share of the particles is expected. */
  CONTOURS("Contours"),
  /** Which way, and how steeply, the density rises. */
  SCORE("Score"),
  /** Where particles came from. */
  PATHS("Paths"),
  /** Where they are. */
  PARTICLES("Particles");

  private final String words;

  Layer(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
