package dev.unmask.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import org.junit.jupiter.api.Test;

class RandomKindTest {
  @Test
  void isFoundByItsWord() {
    assertThat(RandomKind.of("philox")).isEqualTo(RandomKind.PHILOX);
    assertThat(RandomKind.of("torch")).isEqualTo(RandomKind.TORCH);
  }

  /** The numbers are NumPy's: {@code np.random.seed(3); np.random.rand(2)}. */
  @Test
  void drawsTimesAsNumpyAndAllElseAsTorch() {
    Rows one = Rows.packed(new int[] {0});
    RandomKind.Stream stream = RandomKind.TORCH_NUMPY.stream(RandomKind.seed(8, 3));
    RandomSource random = stream.at(0, RandomKind.TORCH_NUMPY.start());
    float[][] torch = new TorchRandom(8).uniform32(Purpose.TOKEN, one, 4);
    assertThat(random.uniform64(Purpose.TIME, one, 1)[0]).containsExactly(0.5507979025745755);
    assertThat(random.uniform32(Purpose.TOKEN, one, 4)).isDeepEqualTo(torch);
    RandomSource later = stream.at(1, random.draws());
    assertThat(later.uniform64(Purpose.TIME, one, 1)[0]).containsExactly(0.7081478226181048);
    assertThat(later.draws()).containsExactly(4, 4);
  }

  @Test
  void oneSeedIsForBothIfTheyAreTheSame() {
    assertThat(RandomKind.seed(7, 7)).isEqualTo(7);
  }

  @Test
  void saysWhatThereIs() {
    assertThatThrownBy(() -> RandomKind.of("dice"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "There is no random generator 'dice'; there are philox, torch, torch-numpy, jax.");
  }
}
