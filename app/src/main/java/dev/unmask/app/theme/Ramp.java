package dev.unmask.app.theme;

import java.awt.Color;

/**
 * Colours from dark blue over grey to yellow, whose luminance rises evenly, so that they are read
 * in the same order with any colour vision and in greyscale.
 */
final class Ramp {
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
