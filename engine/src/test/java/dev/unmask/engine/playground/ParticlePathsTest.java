package dev.unmask.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParticlePathsTest {
  @Test
  void noiseGrowsAlongAStraightLineWhereTheProcessIsAFlow() {
    ParticlePaths paths = new ParticlePlan(PlaneData.RINGS, PlaneProcess.FLOW, 9, 4, 1).paths();
    assertThat(paths.times()).containsExactly(0, 0.25, 0.5, 0.75, 1);
    for (int i = 0; i < 18; i++) {
      float middle = (paths.x()[0][i] + paths.x()[4][i]) / 2;
      assertThat(paths.x()[2][i]).isCloseTo(middle, within());
    }
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-6f);
  }

  @ParameterizedTest
  @EnumSource(PlaneProcess.class)
  void theMoreNoiseTheLessIsKnownOfWhereParticlesCameFrom(PlaneProcess process) {
    ParticlePaths paths = new ParticlePlan(PlaneData.SWISS_ROLL, process, 50, 10, 1).paths();
    assertThat(paths.candidates()).isSorted();
    assertThat(paths.candidates()[0]).isLessThan(8);
    assertThat(paths.candidates()[10]).isGreaterThan(100);
  }
}
