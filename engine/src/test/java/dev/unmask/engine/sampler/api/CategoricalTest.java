package dev.unmask.engine.sampler.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.random.Multinomial;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Draws that leave out what cannot win are those of the whole formulas. */
class CategoricalTest {
  private static final int COUNT = 400;
  private static final int COLUMNS = 300;
  private static final Rows ROWS = Rows.packed(IntStream.range(0, COUNT).toArray());

  /** A score by a weight and a uniform number. */
  private interface Score {
    double of(float weight, double uniform);
  }

  @Test
  void clocksInFloat32() {
    Philox random = new Philox(5, 1);
    float[][] uniform = random.uniform32(Purpose.TOKEN, ROWS, COLUMNS);
    int[] drawn = Categorical.FLOAT32.draw(weights(), COLUMNS, ROWS, random);
    assertDraws(
        drawn,
        (row, column) -> uniform[row][column],
        (weight, u) -> weight / (1e-10f - (float) StrictMath.log((float) u + 1e-10f)));
  }

  @Test
  void clocksInFloat64() {
    Philox random = new Philox(5, 2);
    double[][] uniform = random.uniform64(Purpose.TOKEN, ROWS, COLUMNS);
    int[] drawn = Categorical.FLOAT64.draw(weights(), COLUMNS, ROWS, random);
    assertDraws(
        drawn,
        (row, column) -> uniform[row][column],
        (weight, u) -> weight / (1e-10 - StrictMath.log(u + 1e-10)));
  }

  @Test
  void clocksOfMultinomial() {
    Philox random = new Philox(5, 3);
    double[][] uniform = random.uniform64(Purpose.TOKEN, ROWS, COLUMNS);
    int[] drawn = Multinomial.draw(weights(), COLUMNS, Purpose.TOKEN, ROWS, random);
    assertDraws(
        drawn,
        (row, column) -> uniform[row][column],
        (weight, u) -> weight == 0 ? 0 : weight / (float) -StrictMath.log1p(-u));
  }

  /** A uniform number by row and column. */
  private interface Uniform {
    double at(int row, int column);
  }

  private static void assertDraws(int[] drawn, Uniform uniform, Score score) {
    float[][] weights = weights();
    for (int row = 0; row < COUNT; row++) {
      int best = 0;
      double greatest = Double.NEGATIVE_INFINITY;
      for (int column = 0; column < COLUMNS; column++) {
        double now = score.of(weights[row][column], uniform.at(row, column));
        if (now > greatest) {
          greatest = now;
          best = column;
        }
      }
      assertThat(drawn[row]).isEqualTo(best);
    }
  }

  /** Some of nothing, some far above the others, and in every fourth row some below nothing. */
  private static float[][] weights() {
    var random = new Random(9);
    float[][] weights = new float[COUNT][COLUMNS];
    for (int row = 0; row < COUNT; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        float weight = (float) StrictMath.exp(random.nextGaussian(0, 3));
        int kind = random.nextInt(10);
        weights[row][column] = kind < 3 ? 0 : kind == 3 && row % 4 == 0 ? -weight : weight;
      }
    }
    return weights;
  }
}
