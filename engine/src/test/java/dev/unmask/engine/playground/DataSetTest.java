package dev.unmask.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.Philox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {
  @ParameterizedTest
  @CsvSource({"ring, 8", "two-moons, 2", "rings, 3", "swiss-roll, 1", "ink, 1"})
  void theModesOfADensityAreItsHeaps(String name, int modes) {
    DataSet data = DataSet.named(name);
    assertThat(data.modeCount()).isEqualTo(modes);
    assertThat(data.found(data.batch(2000, 1, 0))).hasSize(modes).containsOnly(true);
  }

  @Test
  void aModeWithoutSamplesIsNotFound() {
    DataSet ring = DataSet.named("ring");
    float[] samples = ring.batch(2000, 1, 0);
    for (int i = 0; i < samples.length; i += 2) {
      if (samples[i] > 0 && Math.abs(samples[i + 1]) < 0.5) {
        samples[i] = -samples[i];
      }
    }
    assertThat(ring.found(samples)).containsOnlyOnce(false);
  }

  @Test
  void theLogDensityIsTheLogarithmOfTheDensityAndFiniteFarAway() {
    Mixture mixture = DataSet.named("two-moons").mixture();
    var noise = new Corruption.Gaussian(0.8, 0.3);
    for (float[] place : new float[][] {{0, 0}, {1, -1}, {2, 0.5f}}) {
      assertThat(mixture.logDensity(place[0], place[1], noise))
          .isCloseTo(Math.log(mixture.at(place[0], place[1], noise).density()), within(1e-9));
    }
    assertThat(mixture.logDensity(50, 50, noise)).isFinite().isLessThan(-1000);
  }

  @Test
  void pointsThatWereDrawnAreADensityWhoseNameHoldsThem() {
    DataSet drawn = DataSet.drawn(new double[] {0.504, 1, -0.25, 0});
    assertThat(drawn.word()).isEqualTo("points:0.50,1.00;-0.25,0.00");
    DataSet again = DataSet.named(drawn.word());
    assertThat(again.mixture().x()).containsExactly(0.5, -0.25);
    assertThat(again.modeCount()).isEqualTo(2);
    assertThat(again.mixture().draw(4, new Philox(1, 0)))
        .isEqualTo(drawn.mixture().draw(4, new Philox(1, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "points:",
        "points:1",
        "points:1,2;3",
        "points:a,b",
        "points:9,9",
        "points:NaN,0"
      })
  void dataThatThereAreNotAreRefusedInOneSentence(String name) {
    assertThatThrownBy(() -> DataSet.named(name)).isInstanceOf(InputException.class);
  }
}
