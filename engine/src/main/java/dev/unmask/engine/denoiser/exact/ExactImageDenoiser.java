package dev.unmask.engine.denoiser.exact;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.tensor.KnownRows;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * The image denoiser that makes no error: Bayes' rule over a known set of images, all equally
 * probable. x̂0 = Σₖ pₖ imageₖ with pₖ ∝ p(x | imageₖ), over the images of the class that is asked
 * for.
 */
public final class ExactImageDenoiser implements ImageDenoiser {
  private final ImageShape shape;
  private final int[][] members;
  private final Evidence.Known known;
  private final KnownRows rows;

  /**
   * Over a set of images.
   *
   * @param images [count][C × H × W]
   * @param labels the class of each
   * @param classes how many there are, each with an image
   * @param threads at least 1, the caller's among them
   */
  public ExactImageDenoiser(
      ImageShape shape, float[][] images, List<Integer> labels, int classes, int threads) {
    this.shape = shape;
    members =
        IntStream.rangeClosed(0, classes)
            .mapToObj(
                label ->
                    IntStream.range(0, images.length)
                        .filter(k -> label == classes || labels.get(k) == label)
                        .toArray())
            .toArray(int[][]::new);
    known = Evidence.Known.of(images);
    rows = new KnownRows(images, threads);
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public int classes() {
    return members.length - 1;
  }

  /** All. */
  @Override
  public boolean undoes(Corruption corruption) {
    return true;
  }

  @Override
  public float[] clean(float[] x, Corruption corruption, int[] labels) {
    if (Thread.interrupted()) {
      throw new CancellationException();
    }
    Evidence evidence =
        switch (corruption) {
          case Corruption.Gaussian noise ->
              new Evidence.Gaussian(known, x, rows.products(x), noise);
          case Corruption.Masking(double share) -> new Evidence.Masking(known, x, share);
        };
    float[] weights = new float[labels.length * known.count()];
    rows.each(labels.length, n -> weigh(evidence, n, labels[n], weights));
    return rows.mixtures(weights);
  }

  /** pₖ ∝ exp(−costₖ), of the images of a class, which is the last one for all. */
  private void weigh(Evidence evidence, int index, int label, float[] weights) {
    double[] costs = evidence.costs(index, members[label]);
    double least = Arrays.stream(costs).min().orElseThrow();
    double[] chances = Arrays.stream(costs).map(cost -> weight(cost - least)).toArray();
    double sum = Arrays.stream(chances).sum();
    for (int i = 0; i < costs.length; i++) {
      weights[index * known.count() + members[label][i]] = (float) (chances[i] / sum);
    }
  }

  private static double weight(double further) {
    return further > Evidence.NEGLIGIBLE ? 0 : StrictMath.exp(-further);
  }

  @Override
  public void close() {
    rows.close();
  }
}
