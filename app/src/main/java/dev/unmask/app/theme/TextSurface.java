package dev.unmask.app.theme;

/** A surface that keeps text as text, where others are given its outlines. */
public interface TextSurface {
  /**
   * Draws in the colour that is set.
   *
   * @param x where the first character begins
   * @param y of the base line
   */
  void text(Lettering lettering, String text, double x, double y);
}
