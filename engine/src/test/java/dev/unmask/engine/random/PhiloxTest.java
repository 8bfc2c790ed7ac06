package dev.unmask.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhiloxTest {
  /** The known answers that the Random123 library of the paper's authors is distributed with. */
  @Test
  void answersAsThePapersLibrary() {
    assertThat(block(new int[4], 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(block(new int[] {-1, -1, -1, -1}, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertThat(
            block(
                new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void givesAPositionTheSameNumbersWhateverElseIsAskedFor() {
    Rows all = Rows.ofSequence(6, new int[] {0, 1, 2, 3, 4, 5});
    double[] among = new Philox(7, 3).uniform64(Purpose.TOKEN, all, 9)[4];
    Philox alone = new Philox(7, 3);
    alone.uniform64(Purpose.ORDER, all, 2);
    assertThat(alone.uniform64(Purpose.TOKEN, Rows.packed(new int[] {4}), 9)[0])
        .containsExactly(among);
    assertThat(alone.uniform64(Purpose.TOKEN, Rows.packed(new int[] {4}), 4)[0])
        .containsExactly(Arrays.copyOf(among, 4));
  }

  @Test
  void givesTheSameNumbersHoweverManyAreMadeAtATime() {
    Rows all = Rows.packed(IntStream.range(0, 40).toArray());
    double[][] doubles = new Philox(7, 3).uniform64(Purpose.TOKEN, all, 1001);
    float[][] floats = new Philox(7, 3).uniform32(Purpose.TOKEN, all, 1001);
    for (int position : new int[] {0, 1, 23, 39}) {
      Rows alone = Rows.packed(new int[] {position});
      assertThat(new Philox(7, 3).uniform64(Purpose.TOKEN, alone, 1001)[0])
          .containsExactly(doubles[position]);
      assertThat(new Philox(7, 3).uniform32(Purpose.TOKEN, alone, 1001)[0])
          .containsExactly(floats[position]);
      assertThat(new Philox(7, 3).uniform64(Purpose.TOKEN, alone, 3)[0])
          .containsExactly(Arrays.copyOf(doubles[position], 3));
    }
  }

  @Test
  void givesOtherNumbersToAnyOtherSeedStepPositionOrPurpose() {
    float[] numbers = {
      number(1, 0, 0, Purpose.TOKEN),
      number(2, 0, 0, Purpose.TOKEN),
      number(1L + (1L << 32), 0, 0, Purpose.TOKEN),
      number(1, 1, 0, Purpose.TOKEN),
      number(1, 0, 1, Purpose.TOKEN),
      number(1, 0, 0, Purpose.ORDER)
    };
    assertThat(numbers).doesNotHaveDuplicates();
  }

  @Test
  void isUniformInBothPrecisions() {
    int[] positions = IntStream.range(0, 200).toArray();
    Rows rows = Rows.packed(positions);
    double[] doubles =
        Arrays.stream(new Philox(42, 5).uniform64(Purpose.TOKEN, rows, 1001))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    double[] floats =
        Arrays.stream(new Philox(42, 5).uniform32(Purpose.TOKEN, rows, 1001))
            .flatMapToDouble(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i]))
            .toArray();
    assertUniform(doubles);
    assertUniform(floats);
  }

  @Test
  void drawsIntegersUniformly() {
    int[] positions = IntStream.range(0, 100_000).toArray();
    int[] integers = new Philox(42, 5).integers(Purpose.START, Rows.packed(positions), 300);
    assertThat(integers).contains(0, 299);
    assertUniform(Arrays.stream(integers).mapToDouble(number -> (number + 0.5) / 300).toArray());
  }

  /** Chi-squared over 100 cells (mean 99, deviation 14) and the correlation of neighbours. */
  private static void assertUniform(double[] numbers) {
    int[] counts = new int[100];
    double product = 0;
    for (int i = 0; i < numbers.length; i++) {
      counts[(int) (numbers[i] * 100)]++;
      product += (numbers[i] - 0.5) * (numbers[(i + 1) % numbers.length] - 0.5);
    }
    double expected = numbers.length / 100.0;
    double chiSquared =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(chiSquared).isBetween(50.0, 160.0);
    assertThat(product / numbers.length * 12).isCloseTo(0, within(4 / Math.sqrt(numbers.length)));
  }

  private static float number(long seed, int step, int position, Purpose purpose) {
    Rows row = Rows.packed(new int[] {position});
    return new Philox(seed, step).uniform32(purpose, row, 1)[0][0];
  }

  private static int[] block(int[] counter, int key0, int key1) {
    // Among others, which it must not meddle with.
    var blocks = new PhiloxBlocks(11);
    blocks.set(9, counter[0], counter[1], counter[2], counter[3]);
    blocks.encrypt(key0, key1);
    return IntStream.range(0, 4).map(word -> (int) blocks.word(9, word)).toArray();
  }
}
