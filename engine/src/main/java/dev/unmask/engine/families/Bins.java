package dev.unmask.engine.families;

import java.util.Arrays;

/**
 * A coordinate cut into equal bins about the origin; what lies beyond is in the outermost.
 *
 * @param count how many
 * @param reach from the origin to either end
 */
record Bins(int count, double reach) {
  private static final int WAVES = 8;

  /** Numbers by which a network sees a bin. */
  static final int FEATURES = 1 + 2 * WAVES;

  double width() {
    return 2 * reach / count;
  }

  int of(double coordinate) {
    return (int) Math.clamp(Math.floor((coordinate + reach) / width()), 0, count - 1);
  }

  /** Where a bin begins. */
  double start(int bin) {
    return -reach + bin * width();
  }

  /** Writes a bin's middle as waves, so that neighbours look alike. */
  void features(int bin, float[] into, int at) {
    double middle = (bin + 0.5) * 2 / count - 1;
    into[at] = (float) middle;
    for (int wave = 1; wave <= WAVES; wave++) {
      into[at + 2 * wave - 1] = (float) StrictMath.sin(wave * Math.PI * middle);
      into[at + 2 * wave] = (float) StrictMath.cos(wave * Math.PI * middle);
    }
  }

  /** The probabilities of as many logits as there are bins, from {@code at} on. */
  double[] softmax(float[] logits, int at) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      greatest = Math.max(greatest, logits[at + i]);
    }
    double[] chances = new double[count];
    for (int i = 0; i < count; i++) {
      chances[i] = StrictMath.exp(logits[at + i] - greatest);
    }
    double sum = Arrays.stream(chances).sum();
    for (int i = 0; i < count; i++) {
      chances[i] /= sum;
    }
    return chances;
  }

  /** The bin that a uniform number draws. */
  static int draw(double[] chances, double uniform) {
    double left = uniform;
    for (int i = 0; i < chances.length - 1; i++) {
      left -= chances[i];
      if (left < 0) {
        return i;
      }
    }
    return chances.length - 1;
  }
}
