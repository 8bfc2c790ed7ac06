package dev.unmask.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.sampler.ImageSamplers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParticleWayTest {
  @Test
  void noiseGrowsAlongAStraightLineWhereTheProcessIsAFlow() {
    List<ParticlePoint> points =
        new ParticleWay.Noising(ProcessKind.FLOW, 4).points(PlaneData.RINGS, 9, 1);
    assertThat(points).extracting(ParticlePoint::time).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    for (int i = 0; i < 18; i++) {
      float middle = (points.get(0).x()[i] + points.get(4).x()[i]) / 2;
      assertThat(points.get(2).x()[i]).isCloseTo(middle, within(1e-6f));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MASKING")
  void theMoreNoiseTheLessIsKnownOfWhereParticlesCameFrom(ProcessKind process) {
    List<Double> candidates =
        new ParticleWay.Noising(process, 10)
            .points(PlaneData.SWISS_ROLL, 50, 1).stream().map(ParticlePoint::candidates).toList();
    assertThat(candidates).isSorted();
    assertThat(candidates.getFirst()).isLessThan(8);
    assertThat(candidates.getLast()).isGreaterThan(100);
  }

  /** Their mean square about 0 is 1 in each direction, whatever the shape. */
  @ParameterizedTest
  @CsvSource({
    "ddim, vp-linear",
    "ddim, flow",
    "dpm-solver++, vp-cosine",
    "euler, sub-vp",
    "heun, ve",
    "ddpm, vp-linear"
  })
  void samplersBringTheDataBack(String sampler, String process) {
    var way =
        new ParticleWay.Sampling(
            ImageSamplers.named(sampler), Map.of("process", process, "steps", "40"));
    List<ParticlePoint> points = way.points(PlaneData.TWO_MOONS, 300, 5);
    ParticlePoint last = points.getLast();
    double square = 0;
    double density = 0;
    for (int i = 0; i < 300; i++) {
      square += (last.x()[2 * i] * last.x()[2 * i] + last.x()[2 * i + 1] * last.x()[2 * i + 1]);
      density += last.density()[i] / 300;
    }
    assertThat(square / 600).isCloseTo(1, within(0.12));
    assertThat(density).isGreaterThan(0.15);
    assertThat(last.time()).isZero();
  }

  /** The process says how wide the particles are, not the units that a sampler computes in. */
  @Test
  void everySamplersPointsAreInUnitsOfTheProcess() {
    for (String sampler : List.of("ddim", "euler", "unipc")) {
      var way = new ParticleWay.Sampling(ImageSamplers.named(sampler), Map.of("steps", "10"));
      for (ParticlePoint point : way.points(PlaneData.RINGS, 4, 1)) {
        assertThat(Math.hypot(point.noise().alpha(), point.noise().sigma()))
            .isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void masksHaveNoMeaningForPlaces() {
    var way = new ParticleWay.Sampling(ImageSamplers.named("walk-back"), Map.of());
    assertThatThrownBy(() -> way.points(PlaneData.RINGS, 4, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("masking");
  }

  @Test
  void isCancelledByAnInterrupt() {
    var way = new ParticleWay.Sampling(ImageSamplers.named("ddim"), Map.of());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> way.points(PlaneData.RINGS, 4, 1))
        .isInstanceOf(CancellationException.class);
  }
}
