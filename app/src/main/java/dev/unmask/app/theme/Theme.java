package dev.unmask.app.theme;

import java.awt.Color;

/**
 * The colours of a picture or a window. The data is in colour, everything else in grey.
 *
 * @param dark whether ink is lighter than paper
 * @param background behind the panels
 * @param panel behind the data
 * @param line borders and grid
 * @param foreground text that matters
 * @param muted text that explains
 * @param dim what is not there yet
 * @param accent the playhead, and what can be pressed
 * @param mask the shade of a masked cell
 * @param maskStripe the stripes on it
 */
public record Theme(
    String name,
    boolean dark,
    Color background,
    Color panel,
    Color line,
    Color foreground,
    Color muted,
    Color dim,
    Color accent,
    Color mask,
    Color maskStripe) {

  /** Okabe-Ito orange: committed at this step. */
  public static final Color ORANGE = new Color(0xE69F00);

  /** Okabe-Ito sky blue: committed earlier. */
  public static final Color SKY_BLUE = new Color(0x56B4E9);

  /** Okabe-Ito vermillion: remasked. */
  public static final Color VERMILLION = new Color(0xD55E00);

  /** Okabe-Ito reddish purple: edited, token to token. */
  public static final Color PURPLE = new Color(0xCC79A7);

  /** Okabe-Ito yellow: a breach. */
  public static final Color YELLOW = new Color(0xF0E442);

  /** Light ink on dark paper. */
  public static final Theme DARK =
      new Theme(
          "dark",
          true,
          new Color(0x0F1216),
          new Color(0x161A20),
          new Color(0x262C35),
          new Color(0xE6E9EE),
          new Color(0x8B94A1),
          new Color(0x3A424E),
          new Color(0x6EA8FE),
          new Color(0x2B313A),
          new Color(0x232830));

  /** Dark ink on light paper. */
  public static final Theme LIGHT =
      new Theme(
          "light",
          false,
          new Color(0xF3F5F7),
          new Color(0xFFFFFF),
          new Color(0xDFE3E8),
          new Color(0x1B2027),
          new Color(0x5F6874),
          new Color(0xBFC6CF),
          new Color(0x1F6FEB),
          new Color(0xDDE2E8),
          new Color(0xE9EDF1));

  /** Dark ink on nothing: what lies below shows through. */
  public static final Theme TRANSPARENT =
      new Theme(
          "transparent",
          false,
          new Color(0x00F3F5F7, true),
          new Color(0x00FFFFFF, true),
          LIGHT.line,
          LIGHT.foreground,
          LIGHT.muted,
          LIGHT.dim,
          LIGHT.accent,
          LIGHT.mask,
          LIGHT.maskStripe);

  /** Light ink on nothing: what lies below shows through, and had better be dark. */
  public static final Theme TRANSPARENT_ON_DARK =
      new Theme(
          "transparent-on-dark",
          true,
          new Color(0x000F1216, true),
          new Color(0x00161A20, true),
          DARK.line,
          DARK.foreground,
          DARK.muted,
          DARK.dim,
          DARK.accent,
          DARK.mask,
          DARK.maskStripe);

  /** Whether nothing shows through it. */
  public boolean opaque() {
    return background.getAlpha() == 255;
  }

  /** A hue laid thinly over a panel: the fill of a cell. */
  public Color wash(Color hue) {
    return mix(hue, panel, dark ? 0.24 : 0.20);
  }

  /** A hue drawn towards the foreground, so that text in it can be read on its wash. */
  public Color ink(Color hue) {
    return mix(hue, foreground, dark ? 0.74 : 0.46);
  }

  /** The colour of a share in [0, 1], from dark to light. */
  public Color ramp(double share) {
    return Ramp.at(share);
  }

  /** Black or white, whichever is read better on this colour. */
  public static Color on(Color ground) {
    double luminance =
        0.2126 * ground.getRed() + 0.7152 * ground.getGreen() + 0.0722 * ground.getBlue();
    return luminance > 118 ? new Color(0x14181D) : Color.WHITE;
  }

  /** The colour, let through by so much. */
  public static Color translucent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  /** The colour that is {@code share} of the first and the rest of the second. */
  public static Color mix(Color first, Color second, double share) {
    return new Color(
        blend(first.getRed(), second.getRed(), share),
        blend(first.getGreen(), second.getGreen(), share),
        blend(first.getBlue(), second.getBlue(), share));
  }

  private static int blend(int first, int second, double share) {
    return (int) Math.round(first * share + second * (1 - share));
  }

  /**
   * Colours from dark blue over grey to yellow, whose luminance rises evenly, so that they are read
   * in the same order with any colour vision and in greyscale.
   */
  static final class Ramp {
    private static final Color[] ANCHORS = {
      new Color(0x173A6B),
      new Color(0x3B4F76),
      new Color(0x58647B),
      new Color(0x737A7C),
      new Color(0x959078),
      new Color(0xBAA96C),
      new Color(0xDFC457),
      new Color(0xFFE14A)
    };

    private Ramp() {}

    /** The colour at a share from 0, the darkest, to 1, the lightest. */
    static Color at(double share) {
      double place = Math.clamp(share, 0, 1) * (ANCHORS.length - 1);
      int below = Math.min((int) place, ANCHORS.length - 2);
      return Theme.mix(ANCHORS[below + 1], ANCHORS[below], place - below);
    }
  }
}
