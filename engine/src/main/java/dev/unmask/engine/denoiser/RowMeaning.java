package dev.unmask.engine.denoiser;

import java.util.Locale;

/** What a denoiser's rows are. */
public enum RowMeaning {
  /** Logits of p(x_0 at this position | x_t). */
  CLEAN_LOGITS,
  /** Logits of p(x_0 at this position | x_t at all other positions). */
  LEAVE_ONE_OUT_LOGITS,
  /** Logarithms of the ratios p_t(y) / p_t(x_t), for each token y at this position (SEDD). */
  LOG_SCORES;

  /** As a sentence says it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
