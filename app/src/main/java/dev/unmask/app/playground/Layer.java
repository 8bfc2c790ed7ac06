package dev.unmask.app.playground;

/** What can be seen in the plane, from the lowest. */
public enum Layer {
  /** p(x) as a heat map. */
  DENSITY("Density", "How probable each place is at this t"),
  /** Lines of equal p(x). */
  CONTOURS("Contours", "Within these lines 95, 75, 50 and 25 % of the particles are expected"),
  /** ∇ log p(x). */
  SCORE(
      "Score",
      "Which way and how steeply the logarithm of the density rises, in widths of the noise:"
          + " the predicted noise, turned around"),
  /** Where particles came from. */
  PATHS("Paths", "Where the particles came from, up to this t"),
  /** Where they are. */
  PARTICLES("Particles", "Where the particles are at this t");

  private final String words;
  private final String meaning;

  Layer(String words, String meaning) {
    this.words = words;
    this.meaning = meaning;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** What it shows, in words. */
  public String meaning() {
    return meaning;
  }
}
