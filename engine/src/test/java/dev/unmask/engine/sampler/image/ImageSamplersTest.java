package dev.unmask.engine.sampler.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import dev.unmask.engine.sampler.image.GridPlan.Spacing;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sampler with the exact denoiser of pixels that are normal: what comes out must be so too.
 */
class ImageSamplersTest {
  private static final int PIXELS = 20_000;
  private static final double MEAN = 0.3;
  private static final double DEVIATION = 0.5;
  private static final TrainingNoise NOISE = TrainingNoise.linear(1e-4, 0.02, 1000);

  static Stream<Arguments> samplers() {
    NoiseGrid sigmas = plan(60, SigmaRule.KARRAS).inSigma();
    NoiseGrid ratios = plan(60, SigmaRule.TRAINED).inLogSnr();
    NoiseGrid edm = Edm.grid(80, 0.002, 7, 60, true);
    int[] all = descending(1000, 1);
    int[] some = descending(50, 20);
    DpmSolver.Method second = new DpmSolver.Method(2, false, true, false);
    DpmSolver.Method third = new DpmSolver.Method(3, false, true, false);
    DpmSolver.Method heun = new DpmSolver.Method(2, true, true, false);
    return Stream.of(
        row("DDPM", new Ddpm(NOISE, all, Ddpm.Variance.POSTERIOR), 0.02),
        row("DDPM, β", new Ddpm(NOISE, all, Ddpm.Variance.BETA), 0.02),
        row("DDIM", Ddim.sampling(NOISE, some, 1, Clipping.NONE, 0), 0.03),
        row("DDIM, η = 1", Ddim.sampling(NOISE, all, 1, Clipping.NONE, 1), 0.02),
        row("Euler", new Euler(sigmas), 0.05),
        row("Euler, EDM", new Edm(new Euler(edm)), 0.05),
        row("Euler, ancestral", new EulerAncestral(sigmas), 0.08),
        row("Heun", new Heun(sigmas), 0.01),
        row("LMS", new LinearMultistep(sigmas, false), 0.01),
        row("DPM-Solver++ 2", DpmSolver.preserving(ratios, second), 0.02),
        row("DPM-Solver++ 3", DpmSolver.preserving(ratios, third), 0.02),
        row("DPM-Solver++, EDM", new Edm(DpmSolver.exploding(edm, heun)), 0.02),
        row("UniPC", new UniPc(ratios, new UniPc.Method(3, false, true)), 0.02),
        row(
            "predictor-corrector",
            new PredictorCorrector(new PredictorCorrector.Setup(50, 0.01, 1e-5, 1, 0.16), 300),
            0.05),
        row("annealed Langevin", new AnnealedLangevin(20, 0.05, 40, 30, 0.0003), 0.05),
        row("flow, Euler", new FlowEuler(FlowEuler.grid(1000, 1, 200)), 0.02),
        row("flow, Heun", new FlowHeun(FlowEuler.grid(1000, 3, 60)), 0.01));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samplers")
  void reachesTheDistributionThatItsDenoiserKnows(
      String name, ImageSampler sampler, double tolerance) {
    float[] noise = Normals.draw(PIXELS, Purpose.START, new Philox(3, 0));
    float[] start = Pixels.each(PIXELS, i -> noise[i] * sampler.initialScale());
    float[] x = run(sampler, start);
    double mean = mean(x);
    double variance =
        IntStream.range(0, PIXELS).mapToDouble(i -> square(x[i] - mean)).sum() / PIXELS;
    assertThat(Math.sqrt(variance)).isCloseTo(DEVIATION, within(tolerance));
    assertThat(mean).isCloseTo(MEAN, within(tolerance + 0.02));
  }

  /** With means instead of draws, x̂0 − m = g (x − m) with g = s² / (s² + σ²), so it contracts. */
  @Test
  void walksBackAmongTheMeans() {
    double sigma = DEVIATION;
    double gain = 0.5;
    float[] x = run(new WalkBack(sigma, 60), new float[PIXELS]);
    double variance =
        IntStream.range(0, PIXELS).mapToDouble(i -> square(x[i] - MEAN)).sum() / PIXELS;
    double expected = square(gain * sigma) / (1 - square(gain));
    assertThat(variance).isCloseTo(expected, within(0.005));
  }

  @Test
  void invertsWhatItSampled() {
    int[] some = descending(100, 10);
    ImageSampler forward = Ddim.sampling(NOISE, some, 1, Clipping.NONE, 0);
    int[] rising = IntStream.range(0, 100).map(i -> some[99 - i]).toArray();
    ImageSampler inverse = Ddim.inverting(NOISE, rising, 1, Clipping.NONE);
    float[] noise = Normals.draw(64, Purpose.START, new Philox(5, 0));
    float[] back = run(inverse, run(forward, noise));
    for (int i = 0; i < noise.length; i++) {
      assertThat(back[i]).isCloseTo(noise[i], within(0.1f));
    }
  }

  private static float[] run(ImageSampler sampler, float[] start) {
    ImageState state = ImageState.start(0, start, 1);
    while (state.step() < sampler.steps()) {
      var at = (Corruption.Gaussian) sampler.corruption(state.step());
      float[] x = state.x();
      float[] clean = Pixels.each(x.length, i -> (float) clean(x[i], at.alpha(), at.sigma()));
      state = sampler.step(state, clean, new Philox(11, state.step())).next();
    }
    return state.x();
  }

  private static Arguments row(String name, ImageSampler sampler, double tolerance) {
    return Arguments.of(name, sampler, tolerance);
  }

  private static GridPlan plan(int steps, SigmaRule rule) {
    return new GridPlan(NOISE, steps, Spacing.LINSPACE, 0, rule, true);
  }

  private static int[] descending(int count, int stride) {
    return IntStream.range(0, count).map(i -> (count - 1 - i) * stride).toArray();
  }

  /** E[x_0 | α x_0 + σ ε = x]. */
  private static double clean(double x, double alpha, double sigma) {
    double gain = alpha * square(DEVIATION) / (square(alpha * DEVIATION) + square(sigma));
    return MEAN + gain * (x - alpha * MEAN);
  }

  private static double mean(float[] x) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum() / x.length;
  }

  private static double square(double number) {
    return number * number;
  }
}
