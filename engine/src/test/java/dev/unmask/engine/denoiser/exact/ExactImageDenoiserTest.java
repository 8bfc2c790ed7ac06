package dev.unmask.engine.denoiser.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactImageDenoiserTest {
  private static final ImageShape SHAPE = new ImageShape(3, 5, 7);
  private static final int VALUES = SHAPE.values();
  private static final int COUNT = 70;
  private static final int CLASSES = 3;

  /** Of 8 bits, every third value black. */
  private static final float[][] IMAGES = images();

  private static float[][] images() {
    float[] numbers = Normals.draw(COUNT * VALUES, Purpose.START, new Philox(1, 0));
    float[][] images = new float[COUNT][VALUES];
    for (int i = 0; i < numbers.length; i++) {
      float value = Math.round(Math.clamp(numbers[i], -1, 1) * 100) / 100f;
      images[i / VALUES][i % VALUES] = i % 3 == 0 ? -1 : value;
    }
    return images;
  }

  private static ExactImageDenoiser denoiser(int threads) {
    List<Integer> labels = IntStream.range(0, COUNT).mapToObj(k -> k % CLASSES).toList();
    return new ExactImageDenoiser(SHAPE, IMAGES, labels, CLASSES, threads);
  }

  /** p(x | image) up to a factor that all images share, as a logarithm. */
  private interface Likelihood {
    double log(float x, float clean);
  }

  /** Bayes' rule as it is written, over the images of a class. */
  private static double[] bayes(float[] x, int label, Likelihood likelihood) {
    double[] logs = new double[COUNT];
    for (int k = 0; k < COUNT; k++) {
      logs[k] = label == CLASSES || label == k % CLASSES ? 0 : Double.NEGATIVE_INFINITY;
      for (int i = 0; i < VALUES; i++) {
        logs[k] += likelihood.log(x[i], IMAGES[k][i]);
      }
    }
    double greatest = Arrays.stream(logs).max().orElseThrow();
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - greatest)).sum();
    double[] mean = new double[VALUES];
    for (int k = 0; k < COUNT; k++) {
      for (int i = 0; i < VALUES; i++) {
        mean[i] += Math.exp(logs[k] - greatest) / sum * IMAGES[k][i];
      }
    }
    return mean;
  }

  private static void assertIsBayesRule(
      float[] clean, float[] x, int[] labels, Likelihood likelihood) {
    for (int n = 0; n < labels.length; n++) {
      float[] one = Arrays.copyOfRange(x, n * VALUES, (n + 1) * VALUES);
      double[] expected = bayes(one, labels[n], likelihood);
      for (int i = 0; i < VALUES; i++) {
        assertThat((double) clean[n * VALUES + i]).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  private static float[] noised(double alpha, double sigma, int... images) {
    float[] x = Normals.draw(images.length * VALUES, Purpose.NOISE, new Philox(2, 0));
    for (int i = 0; i < x.length; i++) {
      float clean = IMAGES[images[i / VALUES]][i % VALUES];
      x[i] = (float) (alpha * clean + sigma * x[i]);
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({"1, 0.01", "0.98, 0.2", "0.6, 0.8", "0.3, 2", "0.1, 1", "0, 1", "1, 50", "0.5, 0.5"})
  void isBayesRuleOfGaussianNoiseForEachClassAndForAll(double alpha, double sigma) {
    float[] x = noised(alpha, sigma, 3, 20, 55, 69);
    try (ExactImageDenoiser denoiser = denoiser(1)) {
      Corruption noise = new Corruption.Gaussian(alpha, sigma);
      int[] labels = {0, CLASSES, 1, 2};
      Likelihood gaussian =
          (seen, known) -> -Math.pow(seen - alpha * known, 2) / (2 * sigma * sigma);
      assertIsBayesRule(denoiser.clean(x, noise, labels), x, labels, gaussian);
    }
  }

  /** A single value shows, of the greatest that there is, which many images have there. */
  @ParameterizedTest
  @CsvSource({"0.5", "0.9", "0.999"})
  void isBayesRuleOfMasks(double share) {
    float[] x = new float[2 * VALUES];
    Arrays.fill(x, -1);
    x[10] = 1;
    x[VALUES + 20] = 1;
    try (ExactImageDenoiser denoiser = denoiser(1)) {
      int[] labels = {CLASSES, 0};
      float[] clean = denoiser.clean(x, new Corruption.Masking(share), labels);
      Likelihood masks =
          (seen, known) -> Math.log((seen == -1 ? share : 0) + (seen == known ? 1 - share : 0));
      assertIsBayesRule(clean, x, labels, masks);
    }
  }

  @Test
  void findsTheImageAgainWhereThereIsNoNoise() {
    try (ExactImageDenoiser denoiser = denoiser(1)) {
      Corruption none = new Corruption.Gaussian(1, 0);
      float[] clean = denoiser.clean(noised(1, 0, 42), none, new int[] {CLASSES});
      assertThat(clean).containsExactly(IMAGES[42]);
    }
  }

  @Test
  void findsTheNearestImageOfAMeanWhereNothingIsMasked() {
    float[] mean = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      mean[i] = 0.6f * IMAGES[0][i] + 0.4f * IMAGES[1][i];
    }
    try (ExactImageDenoiser denoiser = denoiser(1)) {
      float[] clean = denoiser.clean(mean, new Corruption.Masking(0.1), new int[] {CLASSES});
      assertThat(clean).containsExactly(IMAGES[0], within(1e-6f));
    }
  }

  /** Halfway between two that differ in one value, floats would favour either by their rounding. */
  @Test
  void tellsImagesApartThatAreNearlyAlike() {
    float[][] alike = {IMAGES[7].clone(), IMAGES[7].clone()};
    alike[1][50] += 0.01f;
    float[] x = IMAGES[7].clone();
    x[50] += 0.005f;
    try (var denoiser = new ExactImageDenoiser(SHAPE, alike, List.of(0, 0), 1, 1)) {
      float[] clean = denoiser.clean(x, new Corruption.Gaussian(1, 0.001), new int[] {1});
      assertThat(clean[50]).isCloseTo(x[50], within(1e-5f));
    }
  }

  @Test
  void givesTheSameBytesOnAnyNumberOfThreads() {
    float[] x = noised(0.4, 0.9, 1, 2, 3, 4, 5);
    int[] labels = {CLASSES, 0, 1, 2, CLASSES};
    try (ExactImageDenoiser one = denoiser(1);
        ExactImageDenoiser three = denoiser(3)) {
      Corruption noise = new Corruption.Gaussian(0.4, 0.9);
      assertThat(three.clean(x, noise, labels)).isEqualTo(one.clean(x, noise, labels));
    }
  }

  @Test
  void stopsWhenInterrupted() {
    try (ExactImageDenoiser denoiser = denoiser(1)) {
      Corruption noise = new Corruption.Gaussian(1, 1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> denoiser.clean(noised(1, 1, 0), noise, new int[] {CLASSES}))
          .isInstanceOf(CancellationException.class);
    }
  }
}
