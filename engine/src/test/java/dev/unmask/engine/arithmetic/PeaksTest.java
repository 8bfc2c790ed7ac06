package dev.unmask.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeaksTest {
  @Test
  void findsTheGreatestValuesAsSortingDoesOfEqualsTheLowerIndexFirst() {
    var random = new Random(3);
    for (int length : new int[] {1, 7, 255, 256, 257, 3001}) {
      for (int kinds : new int[] {1, 3, 50, 1_000_000}) {
        float[] row = new float[length];
        for (int i = 0; i < length; i++) {
          row[i] = random.nextInt(kinds);
        }
        Peaks peaks = new Peaks(row);
        int[] sorted = sorted(row);
        assertThat(peaks.greatest()).isEqualTo(row[sorted[0]]);
        assertThat(peaks.index()).isEqualTo(sorted[0]);
        for (int most : new int[] {1, 2, 8, 40, 300}) {
          assertThat(peaks.indexes(most))
              .containsExactly(IntStream.of(sorted).limit(most).toArray());
        }
      }
    }
  }

  @Test
  void findsWhatIsImpossibleLast() {
    float impossible = Float.NEGATIVE_INFINITY;
    assertThat(new Peaks(new float[] {impossible, 2, impossible}).indexes(3))
        .containsExactly(1, 0, 2);
  }

  @Test
  void isNoNumberWhereOneIsNone() {
    float[] row = new float[700];
    row[699] = Float.NaN;
    assertThat(new Peaks(row).greatest()).isNaN();
  }

  private static int[] sorted(float[] row) {
    return IntStream.range(0, row.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -row[i]))
        .mapToInt(i -> i)
        .toArray();
  }
}
