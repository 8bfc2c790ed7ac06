package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void aCoreMultipliesAtMostTwoVectorsInACycle() {
    double cycles = Kernels.peak() / Lanes.WIDTH;
    assertThat(cycles).isBetween(1e7, 2 * 1e10);
  }

  @Test
  void theKernelsHaveANameAndTheirRegistersAWidth() {
    assertThat(Kernels.here().name()).isNotBlank();
    assertThat(Kernels.here().registerBits()).isEqualTo(Float.SIZE * Lanes.WIDTH);
  }
}
