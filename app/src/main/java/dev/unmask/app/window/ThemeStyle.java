package dev.unmask.app.window;

import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.timeline.PlayheadPainter;
import java.awt.Color;
import java.util.Locale;

/** A theme's colours, as the style sheet looks them up. */
final class ThemeStyle {
  private ThemeStyle() {}

  static String of(Theme theme) {
    return define("-color-bg-default", theme.panel())
        + define("-color-bg-inset", theme.background())
        + define("-color-border-default", theme.line())
        + define("-color-border-muted", theme.line())
        + define("-color-fg-default", theme.foreground())
        + define("-color-fg-muted", theme.muted())
        + define("-color-accent-emphasis", theme.accent())
        + define("-unmask-background", theme.background())
        + define("-unmask-committed", Theme.SKY_BLUE)
        + define("-unmask-now", Theme.ORANGE)
        + define("-unmask-now-wash", theme.wash(Theme.ORANGE))
        + define("-unmask-problem", theme.ink(Theme.VERMILLION))
        + "-unmask-veil: %s;".formatted(rgba(theme.panel(), PlayheadPainter.VEIL))
        + "-unmask-band: %s;".formatted(rgba(theme.foreground(), PlayheadPainter.BAND))
        + define("-unmask-on-accent", theme.dark() ? theme.background() : theme.panel());
  }

  private static String rgba(Color colour, int alpha) {
    return String.format(
        Locale.ROOT,
        "rgba(%d, %d, %d, %.3f)",
        colour.getRed(),
        colour.getGreen(),
        colour.getBlue(),
        alpha / 255.0);
  }

  private static String define(String name, Color colour) {
    return "%s: #%06x;".formatted(name, colour.getRGB() & 0xFFFFFF);
  }
}
