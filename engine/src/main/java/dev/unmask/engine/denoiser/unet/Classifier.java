package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.ImageOps;
import dev.unmask.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Tells images' classes: a U-Net's first half, the mean of each of its channels over the image, and
 * a linear layer.
 */
public final class Classifier {
  private final ImageOps ops;
  private final ClassifierWeights weights;
  private final Encoder encoder;
  private final float[][] told;
  private final Tensor pooled;
  private final Tensor normed;
  private final Tensor logits;

  /**
   * A network of these weights for batches of so many images.
   *
   * @param ops where the weights are, or a tape to train them
   */
  public Classifier(ImageOps ops, ClassifierWeights weights, int images) {
    this.ops = ops;
    this.weights = weights;
    UNetShape shape = weights.shape();
    encoder = new Encoder(ops, shape, weights.encoder(), images);
    told = new float[images][];
    Arrays.fill(told, shape.features(0, shape.classes()));
    pooled = ops.allocate(images, shape.coarse());
    normed = ops.allocate(images, shape.coarse());
    logits = ops.allocate(images, shape.classes());
  }

  /** Images in a batch. */
  public int images() {
    return told.length;
  }

  /**
   * The classes' log-probabilities, but for a constant of each image.
   *
   * @param x image after image, line after line, a pixel's channels together
   * @return a row an image; the next call writes over it
   */
  public Tensor forward(float[] x) {
    Level coarse = encoder.coarse();
    encoder.forward(x, told);
    // global average pooling, norm, linear classifier
    ops.meanPool(coarse.stream(), coarse.grid(), pooled);
    ops.rmsNorm(pooled, weights.norm().weight(), Level.EPSILON, normed);
    ops.linear(normed, weights.head().weight(), logits);
    return logits;
  }

  /**
   * What the last layer reads.
   *
   * @param x as {@link #forward} takes them
   * @return a row an image
   */
  public float[][] features(float[] x) {
    forward(x);
    return rows(normed);
  }

  /** What {@link #forward} says, a row an image. */
  public float[][] logits(float[] x) {
    return rows(forward(x));
  }

  private float[][] rows(Tensor tensor) {
    float[][] rows = new float[tensor.rows()][tensor.columns()];
    for (int i = 0; i < rows.length; i++) {
      ops.read(tensor, i, rows[i]);
    }
    return rows;
  }
}
