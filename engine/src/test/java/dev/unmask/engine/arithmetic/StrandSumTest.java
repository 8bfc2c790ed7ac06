package dev.unmask.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StrandSumTest {
  @Test
  void addsEachStrandInOrderAndFoldsThemByHalves() {
    for (int count : new int[] {0, 1, 30, 255, 256, 257, 4099}) {
      double[] values = new Random(count).doubles(count).toArray();
      assertThat(StrandSum.of(values)).isEqualTo(tree(values));
    }
  }

  /** Whether it is interpreted or compiled, for a processor with registers of any width. */
  @Test
  void hasTheSameBitsHoweverOftenItIsAsked() {
    double[] values = new Random(5).doubles(4099).toArray();
    double[] products = new Random(6).doubles(StrandSum.STRANDS).toArray();
    double first = both(values, products);
    for (int i = 0; i < 3000; i++) {
      assertThat(both(values, products)).isEqualTo(first);
    }
  }

  private static double both(double[] values, double[] products) {
    var sum = new StrandSum();
    sum.addProducts(products, products, 99);
    return StrandSum.of(values) + sum.total();
  }

  private static double tree(double[] values) {
    double[] strands = new double[StrandSum.STRANDS];
    for (int i = 0; i < values.length; i++) {
      strands[i % strands.length] += values[i];
    }
    while (strands.length > 1) {
      double[] folded = Arrays.copyOf(strands, strands.length / 2);
      for (int i = 0; i < folded.length; i++) {
        folded[i] += strands[folded.length + i];
      }
      strands = folded;
    }
    return strands[0];
  }
}
