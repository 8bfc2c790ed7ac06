package dev.unmask.engine.image;

import java.util.stream.IntStream;

/**
 * The image denoiser that makes no error: Bayes' rule over a known set of images, all equally
 * probable. x̂0 is their mean, weighted by how probably each became x.
 *
 * @param known clean images, [count][pixels]
 */
public record ExactImages(float[][] known) {
  private static final int SUMS = 4;

  /**
   * x̂0 of a batch.
   *
   * @param x image after image, each α x_0 + σ ε
   */
  public float[] predict(float[] x, double alpha, double sigma) {
    int size = known[0].length;
    float[] predicted = new float[x.length];
    IntStream.range(0, x.length / size)
        .parallel()
        .forEach(image -> predict(x, image * size, alpha, sigma, predicted));
    return predicted;
  }

  private void predict(float[] x, int from, double alpha, double sigma, float[] predicted) {
    double[] logs = new double[known.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < known.length; k++) {
      logs[k] = -distance(x, from, known[k], (float) alpha) / (2 * sigma * sigma);
      greatest = Math.max(greatest, logs[k]);
    }
    double sum = 0;
    for (int k = 0; k < known.length; k++) {
      logs[k] = Math.exp(logs[k] - greatest);
      sum += logs[k];
    }
    for (int k = 0; k < known.length; k++) {
      float weight = (float) (logs[k] / sum);
      for (int i = 0; weight > 0 && i < known[k].length; i++) {
        predicted[from + i] += weight * known[k][i];
      }
    }
  }

  /** In four sums, so that an addition need not wait for the one before. */
  private static float distance(float[] x, int from, float[] clean, float alpha) {
    int whole = clean.length - clean.length % SUMS;
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    for (int i = 0; i < whole; i += SUMS) {
      first += square(x[from + i] - alpha * clean[i]);
      second += square(x[from + i + 1] - alpha * clean[i + 1]);
      third += square(x[from + i + 2] - alpha * clean[i + 2]);
      fourth += square(x[from + i + 3] - alpha * clean[i + 3]);
    }
    for (int i = whole; i < clean.length; i++) {
      first += square(x[from + i] - alpha * clean[i]);
    }
    return first + second + third + fourth;
  }

  private static float square(float number) {
    return number * number;
  }
}
