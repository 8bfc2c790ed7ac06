package dev.unmask.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogarithmTest {
  @Test
  void isWithinTwoUnitsInTheLastPlace() {
    var random = new Random(1);
    double[] x = new double[90_000];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (i % 3) {
            case 0 -> random.nextDouble();
            case 1 -> 1 + random.nextGaussian(0, 1e-3);
            default -> StrictMath.exp(random.nextDouble(-708, 709));
          };
    }
    double[] out = new double[x.length];
    Logarithm.of(x, x.length, out);
    for (int i = 0; i < x.length; i++) {
      double exact = StrictMath.log(x[i]);
      assertThat(Math.abs(out[i] - exact))
          .as("ln %s", x[i])
          .isLessThanOrEqualTo(2 * Math.ulp(exact));
    }
  }

  @Test
  void isInfiniteOfNothingAndNoNumberOfNone() {
    double[] x = {1, 0, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY};
    double[] out = new double[x.length];
    Logarithm.of(x, x.length, out);
    double none = Double.NEGATIVE_INFINITY;
    assertThat(out).containsExactly(0, none, none, Double.NaN, Double.NaN);
  }

  /** Whether it is interpreted, or compiled for one number at a time or for a register's worth. */
  @Test
  void givesANumberTheSameBitsWhereverItStandsAndHoweverOftenItIsAsked() {
    double[] x = new Random(2).doubles(1003, 0, 3).toArray();
    double[] first = new double[x.length];
    Logarithm.of(x, x.length, first);
    double[] again = new double[x.length];
    for (int i = 0; i < 3000; i++) {
      Logarithm.of(x, x.length, again);
    }
    assertThat(again).containsExactly(first);
    for (int i = 0; i < x.length; i++) {
      double[] alone = new double[1];
      Logarithm.of(new double[] {x[i]}, 1, alone);
      assertThat(alone[0]).isEqualTo(first[i]);
    }
  }
}
