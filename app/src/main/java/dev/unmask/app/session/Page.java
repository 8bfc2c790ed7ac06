package dev.unmask.app.session;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/** The pages of the window, in the order of their tabs; all share the run and the playhead. */
public enum Page {
  /** Canvas, timeline and inspector. */
  TOKENS("Tokens", CarbonIcons.STRING_TEXT),
  /** The forward process of a text. */
  CORRUPTION("Corruption", CarbonIcons.CHART_LINE),
  /** Images on their way out of noise. */
  IMAGES("Images", CarbonIcons.IMAGE),
  /** Particles in the plane. */
  PLAYGROUND("Playground", CarbonIcons.SCATTER_MATRIX),
  /** Two runs beside each other. */
  COMPARE("Compare", CarbonIcons.COMPARE),
  /** What would be exported. */
  EXPORT("Export", CarbonIcons.EXPORT);

  private final String words;
  private final Ikon icon;

  Page(String words, Ikon icon) {
    this.words = words;
    this.icon = icon;
  }

  /** As its tab says. */
  public String words() {
    return words;
  }

  /** Beside the words. */
  public Ikon icon() {
    return icon;
  }
}
