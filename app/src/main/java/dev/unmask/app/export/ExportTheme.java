package dev.unmask.app.export;

import dev.unmask.app.theme.Theme;

/** What an exported picture is painted on. */
public enum ExportTheme {
  /** Light ink on dark paper. */
  DARK,
  /** Dark ink on light paper. */
  LIGHT,
  /** Dark ink on nothing. */
  TRANSPARENT;

  /** Its colours. */
  public Theme theme() {
    return switch (this) {
      case DARK -> Theme.DARK;
      case LIGHT -> Theme.LIGHT;
      case TRANSPARENT -> Theme.TRANSPARENT;
    };
  }
}
