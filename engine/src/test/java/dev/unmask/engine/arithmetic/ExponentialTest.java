package dev.unmask.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void isWithinTwoUnitsInTheLastPlace() {
    var random = new Random(1);
    double[] x = random.doubles(100_000, -600, 700).toArray();
    double[] out = new double[x.length];
    Exponential.of(x, x.length, out);
    for (int i = 0; i < x.length; i++) {
      double exact = StrictMath.exp(x[i]);
      assertThat(Math.abs(out[i] - exact))
          .as("e^%s", x[i])
          .isLessThanOrEqualTo(2 * Math.ulp(exact));
    }
  }

  @Test
  void isOneOfNothingAndNothingOfWhatIsFarBelow() {
    double[] x = {0, -0.0, -708, -1e9, Double.NEGATIVE_INFINITY};
    double[] out = new double[x.length];
    Exponential.of(x, x.length, out);
    assertThat(out).containsExactly(1, 1, 0, 0, 0);
  }

  /** Whether it is interpreted, or compiled for one number at a time or for a register's worth. */
  @Test
  void givesANumberTheSameBitsWhereverItStandsAndHoweverOftenItIsAsked() {
    double[] x = new Random(2).doubles(1003, -700, 10).toArray();
    double[] first = new double[x.length];
    Exponential.of(x, x.length, first);
    double[] again = new double[x.length];
    for (int i = 0; i < 3000; i++) {
      Exponential.of(x, x.length, again);
    }
    assertThat(again).containsExactly(first);
    for (int i = 0; i < x.length; i++) {
      double[] alone = new double[1];
      Exponential.of(new double[] {x[i]}, 1, alone);
      assertThat(alone[0]).isEqualTo(first[i]);
    }
  }
}
