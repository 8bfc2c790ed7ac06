package dev.unmask.app.picture;

/** Tokens as they are painted: what would not be seen is given a sign. */
public final class Visible {
  private Visible() {}

  /** A space becomes a middle dot, a new line a bent arrow, a tab an arrow to a bar. */
  public static String text(String token) {
    return token.replace(' ', '·').replace("\r", "").replace('\n', '↵').replace('\t', '⇥');
  }
}
