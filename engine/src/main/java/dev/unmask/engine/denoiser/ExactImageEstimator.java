package dev.unmask.engine.denoiser;

import dev.unmask.engine.image.Corruption;
import dev.unmask.engine.image.ExactImages;
import java.util.Arrays;
import java.util.List;

/**
 * Asks Bayes' rule over a known set of images, or over those of a class: no training, and exactly
 * right.
 *
 * @param all the set
 * @param ofClass the images of each class, none empty
 */
public record ExactImageEstimator(ImageShape shape, ExactImages all, List<ExactImages> ofClass)
    implements ImageEstimator {
  @Override
  public int classes() {
    return ofClass.size();
  }

  @Override
  public boolean undoes(Corruption corruption) {
    return corruption instanceof Corruption.Gaussian;
  }

  @Override
  public float[] clean(float[] x, Corruption corruption, int[] labels) {
    if (!(corruption instanceof Corruption.Gaussian(double alpha, double sigma))) {
      throw new IllegalArgumentException("Bayes' rule is not written for " + corruption);
    }
    int size = shape.values();
    float[] clean = new float[x.length];
    for (int first = 0; first < labels.length; ) {
      int end = first;
      while (end < labels.length && labels[end] == labels[first]) {
        end++;
      }
      float[] seen = Arrays.copyOfRange(x, first * size, end * size);
      float[] told = of(labels[first]).predict(seen, alpha, sigma);
      System.arraycopy(told, 0, clean, first * size, told.length);
      first = end;
    }
    return clean;
  }

  private ExactImages of(int label) {
    return label == ofClass.size() ? all : ofClass.get(label);
  }

  @Override
  public void close() {}
}
