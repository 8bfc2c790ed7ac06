package dev.unmask.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void confidencesAreEqualWithinTheTolerance() {
    assertThat(Comparison.confidence(1, 2, 0.5f, 0.5001f, 1e-3f)).isEmpty();
    assertThat(Comparison.confidence(1, 2, 0.5f, 0.51f, 1e-3f)).hasValueSatisfying(this::isPlaced);
    assertThat(Comparison.confidence(1, 2, 0.5f, Float.NaN, 1e-3f)).isPresent();
  }

  @Test
  void whatABrokenSamplerRecordedAsInfiniteIsRepeated() {
    float infinite = Float.POSITIVE_INFINITY;
    assertThat(Comparison.confidence(1, 2, infinite, infinite, 1e-3f)).isEmpty();
    assertThat(Comparison.confidence(1, 2, infinite, -infinite, 1e-3f)).isPresent();
    assertThat(Comparison.confidence(1, 2, infinite, 1, 1e-3f)).isPresent();
  }

  private void isPlaced(String difference) {
    assertThat(difference).startsWith("step 1, position 2: confidence 0.5 was recorded");
  }
}
