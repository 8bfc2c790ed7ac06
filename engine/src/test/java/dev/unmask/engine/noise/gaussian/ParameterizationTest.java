package dev.unmask.engine.noise.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterizationTest {
  private static final float[] CLEAN = {-1, 0.25f, 1};
  private static final float[] EPSILON = {0.5f, -2, 1};

  @ParameterizedTest
  @EnumSource
  void everyViewOfACleanImageTellsItAndItsNoise(Parameterization view) {
    var at =
        view == Parameterization.FLOW
            ? new Corruption.Gaussian(0.4, 0.6)
            : new Corruption.Gaussian(0.6, 0.8);
    float[] x = at.of(CLEAN, EPSILON);
    float[] output = view.outputs(x, CLEAN, at);
    assertThat(view.clean(x, output, at)).containsExactly(CLEAN, within(1e-5f));
    assertThat(view.noises(x, output, at)).containsExactly(EPSILON, within(1e-5f));
  }
}
