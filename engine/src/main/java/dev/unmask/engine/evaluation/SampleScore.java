package dev.unmask.engine.evaluation;

import dev.unmask.engine.denoiser.unet.Classifier;
import dev.unmask.engine.training.LabelledImages;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How like images a model's samples are, on the features of a classifier.
 *
 * @param frechet the squared Fréchet distance of samples to images
 * @param floor that of as many of the images to the others
 * @param asked the share of samples that the classifier takes for what was asked for
 * @param right the share of the images of which it tells the class
 */
public record SampleScore(double frechet, double floor, double asked, double right) {
  /**
   * Compares.
   *
   * @param samples one of the class of each of the first images
   * @param images that the model was not trained on, more than there are samples
   */
  public static SampleScore of(
      Classifier classifier, float[] samples, int count, LabelledImages images) {
    int[] labels = images.labels(images.count());
    int[] asked = images.labels(count);
    float[] known = images.first(images.count());
    float[][] features = eachBatch(classifier, known, labels.length, classifier::features);
    float[][] drawn = eachBatch(classifier, samples, count, classifier::features);
    FeatureGaussian all = FeatureGaussian.of(features);
    FeatureGaussian first = FeatureGaussian.of(Arrays.copyOf(features, count));
    FeatureGaussian others =
        FeatureGaussian.of(Arrays.copyOfRange(features, count, features.length));
    return new SampleScore(
        FeatureGaussian.of(drawn).frechet(all),
        first.frechet(others),
        right(classifier, samples, asked),
        right(classifier, known, labels));
  }

  private static double right(Classifier classifier, float[] images, int[] labels) {
    float[][] logits = eachBatch(classifier, images, labels.length, classifier::logits);
    long right =
        IntStream.range(0, labels.length).filter(i -> argmax(logits[i]) == labels[i]).count();
    return (double) right / labels.length;
  }

  private static int argmax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private interface Batch {
    float[][] of(float[] images);
  }

  /** Rows of batches, the last one filled up with grey. */
  private static float[][] eachBatch(Classifier classifier, float[] images, int count, Batch rows) {
    int size = images.length / count * classifier.images();
    float[][] all = new float[count][];
    for (int from = 0; from < count; from += classifier.images()) {
      int at = from / classifier.images() * size;
      float[][] some = rows.of(Arrays.copyOfRange(images, at, at + size));
      System.arraycopy(some, 0, all, from, Math.min(some.length, count - from));
    }
    return all;
  }
}
