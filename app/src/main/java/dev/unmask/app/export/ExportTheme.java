package dev.unmask.app.export;

import dev.unmask.app.theme.Theme;

/** What an exported picture is painted on. */
public enum ExportTheme {
  /** Light ink on dark paper. */
  DARK("Dark", Theme.DARK),
  /** Dark ink on light paper. */
  LIGHT("Light", Theme.LIGHT),
  /** Dark ink on nothing. */
  TRANSPARENT("None, dark ink", Theme.TRANSPARENT),
  /** Light ink on nothing. */
  TRANSPARENT_ON_DARK("None, light ink", Theme.TRANSPARENT_ON_DARK);

  private final String words;
  private final Theme theme;

  ExportTheme(String words, Theme theme) {
    this.words = words;
    this.theme = theme;
  }

  /** Its name for people. */
  String words() {
    return words;
  }

  /** Its colours. */
  public Theme theme() {
    return theme;
  }
}
