package dev.unmask.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every image sampler and process with the exact denoiser of three Gaussians in the plane: mean,
 * covariance and the share of each Gaussian are as theory says.
 */
class MixtureSamplingTest {
  private static final int COUNT = 1_500;

  /** Thrice the standard error of the mean of so many draws. */
  private static final double MEAN_ERROR = 0.075;

  /** Of variances near 0.8: thrice the standard error, but that Euler's steps take half of it. */
  private static final double COVARIANCE_ERROR = 0.09;

  /** Thrice the standard error of a share. */
  private static final double SHARE_ERROR = 0.037;

  private static final double[] X = {-1.2, 0.9, 0.4};
  private static final double[] Y = {0.3, -0.8, 1.1};
  private static final double DEVIATION = 0.25;
  private static final Mixture DATA = new Mixture(X, Y, DEVIATION);

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.unmask.engine.run.ImageRunTest#samplersAndProcesses")
  void meanCovarianceAndSharesAreThoseOfTheMixture(String name, Map<String, String> settings) {
    Map<String, String> quick = new HashMap<>(settings);
    quick.replace("steps", "1000", "300");
    float[] places = sample(name, quick);
    double[] x = IntStream.range(0, COUNT).mapToDouble(i -> places[2 * i]).toArray();
    double[] y = IntStream.range(0, COUNT).mapToDouble(i -> places[2 * i + 1]).toArray();
    double variance = DEVIATION * DEVIATION;
    assertThat(mean(x)).isCloseTo(mean(X), within(MEAN_ERROR));
    assertThat(mean(y)).isCloseTo(mean(Y), within(MEAN_ERROR));
    assertThat(covariance(x, x)).isCloseTo(covariance(X, X) + variance, within(COVARIANCE_ERROR));
    assertThat(covariance(y, y)).isCloseTo(covariance(Y, Y) + variance, within(COVARIANCE_ERROR));
    assertThat(covariance(x, y)).isCloseTo(covariance(X, Y), within(COVARIANCE_ERROR));
    for (double share : shares(x, y)) {
      assertThat(share).isCloseTo(1.0 / X.length, within(SHARE_ERROR));
    }
  }

  private static float[] sample(String name, Map<String, String> settings) {
    var model = new RunModel.Images(new TraceHeader.Model("three", ""), new MixtureDenoiser(DATA));
    var plan = new RunPlan<>(ImageSamplers.named(name), settings, 3);
    ImageRun run = ImageRun.start(model, new Start.Images(Collections.nCopies(COUNT, 0)), plan);
    while (!run.finished()) {
      run.step();
    }
    return run.trace().state(run.trace().steps()).x();
  }

  private static double mean(double[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).average().orElseThrow();
  }

  private static double covariance(double[] x, double[] y) {
    double middleX = mean(x);
    double middleY = mean(y);
    return IntStream.range(0, x.length)
        .mapToDouble(i -> (x[i] - middleX) * (y[i] - middleY))
        .average()
        .orElseThrow();
  }

  /** How many places are nearest to each centre. */
  private static double[] shares(double[] x, double[] y) {
    double[] shares = new double[X.length];
    for (int i = 0; i < x.length; i++) {
      int nearest = 0;
      for (int k = 1; k < X.length; k++) {
        double now = Math.hypot(x[i] - X[k], y[i] - Y[k]);
        nearest = now < Math.hypot(x[i] - X[nearest], y[i] - Y[nearest]) ? k : nearest;
      }
      shares[nearest] += 1.0 / x.length;
    }
    return shares;
  }
}
