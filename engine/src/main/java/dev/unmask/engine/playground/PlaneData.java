package dev.unmask.engine.playground;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Distributions in the plane that noise destroys and samplers bring back. */
public enum PlaneData {
  /** Of Sohl-Dickstein et al. 2015, https://arxiv.org/abs/1503.03585, figure 1. */
  SWISS_ROLL("swiss-roll", "swiss roll") {
    @Override
    Mixture place() {
      double inner = square(1.5 * Math.PI);
      double outer = square(4.5 * Math.PI);
      // Evenly along the arm, whose length grows as the square of the angle.
      double[] angles = each(160, k -> Math.sqrt(inner + (outer - inner) * (k + 0.5) / 160));
      return Mixture.standard(
          each(160, k -> angles[k] * StrictMath.cos(angles[k])),
          each(160, k -> angles[k] * StrictMath.sin(angles[k])),
          0.07);
    }
  },
  /** Two half circles, each of which ends within the other. */
  TWO_MOONS("two-moons", "two moons") {
    @Override
    Mixture place() {
      double[] angles = each(120, k -> Math.PI * (k % 60 + 0.5) / 60);
      return Mixture.standard(
          each(120, k -> k < 60 ? StrictMath.cos(angles[k]) : 1 - StrictMath.cos(angles[k])),
          each(120, k -> k < 60 ? StrictMath.sin(angles[k]) : 0.5 - StrictMath.sin(angles[k])),
          0.09);
    }
  },
  /** Three circles around one middle, equally dense. */
  RINGS("rings", "rings") {
    @Override
    Mixture place() {
      // The circles have 1, 2 and 3 times 24 components.
      double[] radii = each(144, k -> k < 24 ? 1 : k < 72 ? 2 : 3);
      double[] angles = each(144, k -> 2 * Math.PI * k / (24 * radii[k]));
      return Mixture.standard(
          each(144, k -> radii[k] * StrictMath.cos(angles[k])),
          each(144, k -> radii[k] * StrictMath.sin(angles[k])),
          0.08);
    }
  },
  /** Eight Gaussians on a circle, on which adversarial networks were first seen to lose some. */
  RING("ring", "eight Gaussians") {
    @Override
    Mixture place() {
      return Mixture.standard(
          each(8, k -> StrictMath.cos(Math.PI * k / 4)),
          each(8, k -> StrictMath.sin(Math.PI * k / 4)),
          0.1);
    }
  },
  /**
   * A full disc, smaller than the others, which spreads as ink does in water. It is off the centre,
   * or half way to noise it would be nearly the noise itself.
   */
  INK("ink", "drop of ink") {
    @Override
    Mixture place() {
      double golden = Math.PI * (3 - Math.sqrt(5));
      double[] radii = each(120, k -> 0.6 * Math.sqrt((k + 0.5) / 120));
      return new Mixture(
          each(120, k -> 0.9 + radii[k] * StrictMath.cos(golden * k)),
          each(120, k -> 0.6 + radii[k] * StrictMath.sin(golden * k)),
          0.06);
    }
  };

  private final String word;
  private final String title;
  private final Mixture mixture;

  PlaneData(String word, String title) {
    this.word = word;
    this.title = title;
    this.mixture = place();
  }

  abstract Mixture place();

  private static double[] each(int count, IntToDoubleFunction number) {
    return IntStream.range(0, count).mapToDouble(number).toArray();
  }

  private static double square(double number) {
    return number * number;
  }

  /** As commands and traces write it. */
  public String word() {
    return word;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The distribution. */
  public Mixture mixture() {
    return mixture;
  }
}
