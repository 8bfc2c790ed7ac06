package dev.unmask.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureGaussianTest {
  private final Random random = new Random(4);

  /** In one dimension it is (m − n)² + (s − t)². */
  @Test
  void inOneDimensionItIsTheDistanceOfMeansAndDeviations() {
    FeatureGaussian narrow = FeatureGaussian.of(new float[][] {{0}, {2}});
    FeatureGaussian wide = FeatureGaussian.of(new float[][] {{4}, {10}});
    double deviations = 3 * Math.sqrt(2) - Math.sqrt(2);
    assertThat(narrow.frechet(wide)).isCloseTo(36 + deviations * deviations, within(1e-9));
  }

  @Test
  void itIsZeroToItselfAndTheSameBothWays() {
    FeatureGaussian one = FeatureGaussian.of(turned(0.3, 1));
    FeatureGaussian other = FeatureGaussian.of(turned(1.1, 5));
    assertThat(one.frechet(one)).isCloseTo(0, within(1e-9));
    assertThat(one.frechet(other)).isCloseTo(other.frechet(one), within(1e-9)).isGreaterThan(0.1);
  }

  /** A rank below the number of features leaves eigenvalues that rounding may make negative. */
  @Test
  void fewerImagesThanFeaturesHaveADistanceToo() {
    float[][] few = new float[3][8];
    for (float[] row : few) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    assertThat(FeatureGaussian.of(few).frechet(FeatureGaussian.of(few))).isCloseTo(0, within(1e-6));
  }

  /** Of two Gaussians with commuting covariances, the deviations along the axes are compared. */
  @Test
  void turningBothChangesNothing() {
    double straight = FeatureGaussian.of(turned(0, 2)).frechet(FeatureGaussian.of(turned(0, 3)));
    double turned = FeatureGaussian.of(turned(0.7, 2)).frechet(FeatureGaussian.of(turned(0.7, 3)));
    assertThat(turned).isCloseTo(straight, within(1e-5));
    double difference = 3 * Math.sqrt(2) - 2 * Math.sqrt(2);
    assertThat(straight).isCloseTo(2.0 / 3 * difference * difference / 2, within(1e-6));
  }

  /** A cross, so long and one wide, turned by an angle. */
  private static float[][] turned(double angle, double length) {
    double[][] cross = {{length, 0}, {-length, 0}, {0, 1}, {0, -1}};
    float[][] points = new float[4][];
    for (int i = 0; i < 4; i++) {
      double x = cross[i][0];
      double y = cross[i][1];
      points[i] =
          new float[] {
            (float) (x * Math.cos(angle) - y * Math.sin(angle)),
            (float) (x * Math.sin(angle) + y * Math.cos(angle))
          };
    }
    return points;
  }
}
