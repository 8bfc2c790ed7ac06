package dev.unmask.app.workbench;

import dev.unmask.app.theme.Theme;
import java.awt.Color;

/** A theme's colours, as the style sheet looks them up. */
final class Palette {
  private Palette() {}

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
        + define("-unmask-on-accent", theme.dark() ? theme.background() : theme.panel());
  }

  private static String define(String name, Color colour) {
    return "%s: #%06x;".formatted(name, colour.getRGB() & 0xFFFFFF);
  }
}
