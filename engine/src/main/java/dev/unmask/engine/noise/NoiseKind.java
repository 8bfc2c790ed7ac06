package dev.unmask.engine.noise;

import java.util.Locale;

/** What noise puts in a token's place. A model knows only the kind that it was trained with. */
public enum NoiseKind {
  /** The mask. */
  ABSORBING,
  /** Any token, all equally probable. */
  UNIFORM,
  /** The mask or any token (GIDD). */
  HYBRID,
  /** A token of a number nearby, as pixels have (D3PM). */
  GAUSSIAN,
  /** A token of an embedding nearby (D3PM). */
  NEAREST_NEIGHBOUR;

  /** Whether a sequence that is nothing but noise holds masks; else it holds any tokens. */
  public boolean masks() {
    return this == ABSORBING || this == HYBRID;
  }

  /** As settings and traces write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
