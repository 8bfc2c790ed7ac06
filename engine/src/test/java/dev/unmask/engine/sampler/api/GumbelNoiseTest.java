package dev.unmask.engine.sampler.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GumbelNoiseTest {
  @Test
  void isNeverBelowTheNoiseAndHardlyAboveItWhereThatIsGreat() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double uniform = i % 2 == 0 ? random.nextDouble() : 1 - random.nextDouble() * 0x1p-20;
      double noise = -StrictMath.log(-StrictMath.log(uniform));
      double bound = GumbelNoise.atMost(uniform);
      assertThat(bound).isGreaterThanOrEqualTo(noise - 1e-12);
      if (noise > 3) {
        assertThat(bound).isLessThan(noise + 0.1);
      }
    }
    assertThat(GumbelNoise.atMost(0)).isZero();
  }

  @Test
  void leavesEveryDrawAsTheWholeFormulaHasIt() {
    var random = new Random(2);
    for (double temperature : new double[] {0.01, 0.7, 1, 4}) {
      for (int row = 0; row < 300; row++) {
        float[] logits = new float[500];
        double[] uniform = new double[500];
        for (int token = 0; token < 500; token++) {
          logits[token] =
              token % 7 == 3 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian(row - 150, 4);
          uniform[token] = random.nextInt(100) == 0 ? 0 : random.nextDouble();
        }
        assertThat(Logits.drawByGumbel(logits, uniform, temperature))
            .isEqualTo(drawn(logits, uniform, temperature));
      }
    }
  }

  private static int drawn(float[] logits, double[] uniform, double temperature) {
    int best = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int token = 0; token < logits.length; token++) {
      double noise = StrictMath.pow(-StrictMath.log(uniform[token]), temperature);
      double score = StrictMath.exp(logits[token]) / noise;
      if (score > greatest) {
        greatest = score;
        best = token;
      }
    }
    return best;
  }
}
