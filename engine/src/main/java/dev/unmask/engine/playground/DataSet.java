package dev.unmask.engine.playground;

import dev.unmask.engine.InputException;
import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Points in the plane whose density is known exactly.
 *
 * @param word as commands and traces write it; of drawn points it holds them all
 * @param modes which heap of the density each component of the mixture belongs to, from 0:
 *     components less than four deviations apart are of one heap
 */
public record DataSet(String word, String title, Mixture mixture, int[] modes) {
  private static final String DRAWN = "points:";

  /** Of what is drawn, in units of the plane. */
  private static final double DRAWN_DEVIATION = 0.1;

  private static final double FARTHEST = 3;
  private static final int MOST_POINTS = 1000;

  /** In deviations. */
  private static final double APART = 4;

  /** How far from a component a sample may be that came from it, in deviations. */
  private static final double NEAR = 3;

  /** What share of the samples that a mode should have it must have to be found. */
  private static final double ENOUGH = 0.25;

  private static DataSet of(String word, String title, Mixture mixture) {
    return new DataSet(word, title, mixture, modes(mixture));
  }

  /** One of those that there are. */
  public static DataSet of(PlaneData data) {
    return of(data.word(), data.title(), data.mixture());
  }

  /**
   * Points that somebody drew, each of which is a Gaussian; they are rounded to hundredths.
   *
   * @param points [2 × N], from −3 to 3
   * @throws InputException if there are none, too many, or some lie beyond
   */
  public static DataSet drawn(double[] points) {
    int count = points.length / 2;
    if (count < 1 || count > MOST_POINTS || points.length % 2 != 0) {
      throw new InputException("%d points were drawn; draw 1 to %d.".formatted(count, MOST_POINTS));
    }
    double[] rounded = Arrays.stream(points).map(each -> Math.rint(each * 100) / 100).toArray();
    for (double each : rounded) {
      if (!(Math.abs(each) <= FARTHEST)) {
        throw new InputException(
            "A point lies at %s; give coordinates from −3 to 3.".formatted(each));
      }
    }
    String word =
        IntStream.range(0, count)
            .mapToObj(
                i -> String.format(Locale.ROOT, "%.2f,%.2f", rounded[2 * i], rounded[2 * i + 1]))
            .collect(Collectors.joining(";", DRAWN, ""));
    double[] x = IntStream.range(0, count).mapToDouble(i -> rounded[2 * i]).toArray();
    double[] y = IntStream.range(0, count).mapToDouble(i -> rounded[2 * i + 1]).toArray();
    return of(word, "drawn points", new Mixture(x, y, DRAWN_DEVIATION));
  }

  /**
   * The data of that name, or drawn points as in {@code points:0.5,1;-0.25,0}.
   *
   * @throws InputException if there are none
   */
  public static DataSet named(String word) {
    if (word.startsWith(DRAWN)) {
      return drawn(coordinates(word.substring(DRAWN.length())));
    }
    return Stream.of(PlaneData.values())
        .filter(data -> data.word().equals(word))
        .findFirst()
        .map(DataSet::of)
        .orElseThrow(
            () ->
                new InputException(
                    "There are no data '%s'; there are %s, or points as in points:0.5,1;-0.25,0."
                        .formatted(
                            word,
                            Stream.of(PlaneData.values())
                                .map(PlaneData::word)
                                .collect(Collectors.joining(", ")))));
  }

  private static double[] coordinates(String text) {
    try {
      return Stream.of(text.split("[;,]")).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new InputException(
          "'%s' are no points; write them as in points:0.5,1;-0.25,0.".formatted(text), e);
    }
  }

  /** Each component has the mode of the first that it hangs together with. */
  private static int[] modes(Mixture mixture) {
    int count = mixture.x().length;
    int[] modes = new int[count];
    Arrays.fill(modes, -1);
    int found = 0;
    for (int k = 0; k < count; k++) {
      if (modes[k] < 0) {
        spread(mixture, k, found++, modes);
      }
    }
    return modes;
  }

  private static void spread(Mixture mixture, int from, int mode, int[] modes) {
    modes[from] = mode;
    int[] hanging = {from};
    while (hanging.length > 0) {
      int[] last = hanging;
      hanging =
          IntStream.range(0, modes.length)
              .filter(k -> modes[k] < 0)
              .filter(k -> Arrays.stream(last).anyMatch(i -> hangTogether(mixture, i, k)))
              .toArray();
      Arrays.stream(hanging).forEach(k -> modes[k] = mode);
    }
  }

  private static boolean hangTogether(Mixture mixture, int i, int k) {
    return mixture.distance(i, mixture.x()[k], mixture.y()[k]) < APART * mixture.deviation();
  }

  /** How many modes there are. */
  public int modeCount() {
    return Arrays.stream(modes).max().orElseThrow() + 1;
  }

  /**
   * Which modes samples found: those with a quarter at least of the samples that they should have.
   *
   * @param samples [2 × N]
   * @return for each mode whether it was found
   */
  public boolean[] found(float[] samples) {
    int[] near = new int[modeCount()];
    for (int i = 0; i < samples.length / 2; i++) {
      int nearest = mixture.nearest(samples[2 * i], samples[2 * i + 1]);
      double distance = mixture.distance(nearest, samples[2 * i], samples[2 * i + 1]);
      if (distance <= NEAR * mixture.deviation()) {
        near[modes[nearest]]++;
      }
    }
    boolean[] found = new boolean[near.length];
    for (int mode = 0; mode < near.length; mode++) {
      int which = mode;
      long components = Arrays.stream(modes).filter(of -> of == which).count();
      double fair = (double) components / modes.length * samples.length / 2;
      found[mode] = near[mode] > 0 && near[mode] >= ENOUGH * fair;
    }
    return found;
  }

  /**
   * The points that a step of training sees; the same for all that train on them.
   *
   * @return [2 × count]
   */
  public float[] batch(int count, long seed, int step) {
    return mixture.draw(count, new Philox(seed, step));
  }
}
