package dev.unmask.app.picture;

import dev.unmask.app.theme.Theme;
import java.awt.Color;
import java.util.Optional;

/** How a position stands at a step: the states that the visual language tells apart. */
public enum Look {
  /** Given, as a part of the prompt or pinned. */
  GIVEN("prompt, pinned"),
  /** A token that the run started from: not masked, but no text either. */
  NOISE("noise since the start"),
  /** In a block that was not reached yet. */
  NOT_STARTED("not started"),
  /** Masked, and the denoiser was not asked about it. */
  MASKED("masked"),
  /** Predicted at this step, and left masked: what LLaDA calls remasked. */
  KEPT_MASKED("predicted, kept masked"),
  /** From mask to token, at this step. */
  COMMITTED_NOW("committed at this step"),
  /** A token since an earlier step. */
  COMMITTED("committed earlier"),
  /** Back to mask at this step, from a token. */
  REMASKED("remasked"),
  /** From one token to another, at this step. */
  EDITED("edited");

  private final String words;

  Look(String words) {
    this.words = words;
  }

  /** Its name for people. */
  public String words() {
    return words;
  }

  /** The colour that belongs to it alone; none for those that are grey. */
  public Optional<Color> hue() {
    return switch (this) {
      case COMMITTED_NOW -> Optional.of(Theme.ORANGE);
      case COMMITTED -> Optional.of(Theme.SKY_BLUE);
      case REMASKED -> Optional.of(Theme.VERMILLION);
      case EDITED -> Optional.of(Theme.PURPLE);
      case GIVEN, NOISE, NOT_STARTED, MASKED, KEPT_MASKED -> Optional.empty();
    };
  }

  /** Whether the position holds no token. */
  public boolean masked() {
    return switch (this) {
      case NOT_STARTED, MASKED, KEPT_MASKED, REMASKED -> true;
      case GIVEN, NOISE, COMMITTED_NOW, COMMITTED, EDITED -> false;
    };
  }
}
