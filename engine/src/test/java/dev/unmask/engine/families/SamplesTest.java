package dev.unmask.engine.families;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models draw, by the measures that are the same for all. */
class SamplesTest {
  private static PlaneModel diffusion;

  @BeforeAll
  static void train() {
    diffusion = Trained.of("diffusion", "ring", 800, Map.of());
  }

  @AfterAll
  static void close() {
    diffusion.close();
  }

  private static double kl(PlaneModel model) {
    return PlaneFigures.sampledKl(model.samples(1500, 3), Trained.RING);
  }

  static Stream<ImageSamplerKind> samplers() {
    return ImageSamplers.ALL.stream()
        .filter(kind -> kind.beginning() == Beginning.NOISE)
        .filter(kind -> kind.process(Map.of()) != ProcessKind.MASKING);
  }

  /** As near to the data as by its own steps; not those of consistency, which ask more of it. */
  @ParameterizedTest
  @MethodSource("samplers")
  void everyImageSamplerDrawsFromTheDiffusionModel(ImageSamplerKind kind) {
    var model =
        new RunModel.Images(new TraceHeader.Model("plane", ""), diffusion.denoiser().orElseThrow());
    var start = new Start.Images(Collections.nCopies(1000, 0));
    ImageRun run = ImageRun.start(model, start, new RunPlan<>(kind, Map.of("steps", "50"), 5));
    run.finish(_ -> {});
    float[] x = run.state().x();
    double off = Math.abs(PlaneFigures.sampledKl(x, Trained.RING) - kl(diffusion));
    assertThat(off).isLessThan(kind.name().contains("consistency") ? 1 : 0.15);
  }

  @Test
  void theVanillaGameLosesModesOfTheRing() {
    try (var run = Trained.run("gan", 300, 3, 0);
        PlaneModel model = Families.named("gan").model(run.trace().header(), 0)) {
      run.finish(_ -> {});
      model.become(run.state().numbers());
      assertThat(PlaneFigures.of(model, Trained.RING).modes()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aGeneratorThatDoesNotRunAheadLosesFewerModes() {
    try (PlaneModel model = Trained.of("gan", "ring", 800, Map.of("generator-rate", "1"))) {
      assertThat(PlaneFigures.of(model, Trained.RING).modes()).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void theErrorOfTheLearnedScoreFallsWithTraining() {
    double before = Double.POSITIVE_INFINITY;
    for (int steps : new int[] {20, 150, 700}) {
      try (ScoreMatching model = (ScoreMatching) Trained.of("score", "ring", steps, Map.of())) {
        double now = model.error(0.3);
        assertThat(now).isLessThan(before);
        before = now;
      }
    }
  }

  /** In the first half a consistency model is a diffusion model, and one step is one of DDIM's. */
  @Test
  void oneStepOfConsistencyIsNearerToTheDataThanOneOfDdim() {
    int steps = 1200;
    try (ConsistencyModel model =
        (ConsistencyModel) Trained.fresh("consistency", "ring", steps, Map.of())) {
      for (int step = 0; step < steps / 2; step++) {
        model.train(step, 1);
      }
      double ddim = kl(model);
      for (int step = steps / 2; step < steps; step++) {
        model.train(step, 1);
      }
      assertThat(kl(model)).isLessThan(ddim - 0.7);
    }
  }

  @Test
  void reflowStraightensPaths() {
    try (FlowMatching plain = (FlowMatching) Trained.of("flow-matching", "ring", 500, Map.of());
        FlowMatching straight =
            (FlowMatching) Trained.of("flow-matching", "ring", 500, Map.of("reflow", "true"))) {
      assertThat(straight.curvature()).isLessThan(0.7 * plain.curvature());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"persistent", "data"})
  void chainsOfAnEnergyComeNearerToTheDataWithTraining(String chains) {
    try (PlaneModel fresh = Trained.fresh("energy", "ring", 100, Map.of("chains", chains));
        PlaneModel model = Trained.of("energy", "ring", 100, Map.of("chains", chains))) {
      assertThat(kl(model)).isLessThan(kl(fresh) - 0.2);
    }
  }

  @Test
  void samplesOfTheDataThemselvesAreAtNoDistance() {
    float[] samples = Trained.RING.batch(4000, 9, 9);
    assertThat(PlaneFigures.sampledKl(samples, Trained.RING)).isBetween(0.0, 0.02);
    assertThat(Trained.RING.found(samples)).containsOnly(true);
  }
}
