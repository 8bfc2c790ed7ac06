package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Tells images' classes: a U-Net's first half, the mean of each of its channels over the image, and
 * a linear layer.
 */
public final class Classifier {
  private final HostTensors ops;
  private final ClassifierWeights weights;
  private final Encoder encoder;
  private final float[][] told;
  private final Tensor pooled;
  private final Tensor normed;
  private final Tensor logits;
  private final Tensor dNormed;
  private final Tensor dPooled;
  private final Tensor dCoarse;
  private final Tensor dFine;

  /** A network of these weights for batches of so many images. */
  public Classifier(HostTensors ops, ClassifierWeights weights, int images) {
    this.ops = ops;
    this.weights = weights;
    UNetShape shape = weights.shape();
    encoder = new Encoder(ops, shape, weights.encoder(), images);
    told = new float[images][];
    Arrays.fill(told, shape.features(0, shape.classes()));
    pooled = ops.allocate(images, shape.coarse());
    normed = ops.allocate(images, shape.coarse());
    logits = ops.allocate(images, shape.classes());
    dNormed = ops.allocate(images, shape.coarse());
    dPooled = ops.allocate(images, shape.coarse());
    dCoarse = encoder.coarse().allocate(shape.coarse());
    dFine = encoder.fine().allocate(shape.fine());
  }

  /** Images in a batch. */
  public int images() {
    return told.length;
  }

  private void forward(float[] x) {
    encoder.forward(x, told);
    encoder.coarse().pixels().mean(encoder.end(), encoder.coarse().grid(), pooled);
    ops.rmsNorm(pooled, weights.norm().weight(), Level.EPSILON, normed);
    ops.linear(normed, weights.head().weight(), logits);
  }

  /**
   * What the last layer reads.
   *
   * @param x image after image, line after line, a pixel's channels together
   * @return a row an image
   */
  public float[][] features(float[] x) {
    forward(x);
    return read(normed);
  }

  /**
   * The classes' log-probabilities, but for a constant of each image.
   *
   * @return a row an image
   */
  public float[][] logits(float[] x) {
    forward(x);
    return read(logits);
  }

  private float[][] read(Tensor tensor) {
    float[][] rows = new float[tensor.rows()][tensor.columns()];
    for (int i = 0; i < rows.length; i++) {
      ops.read(tensor, i, rows[i]);
    }
    return rows;
  }

  /**
   * The mean negative log-likelihood of the images' classes, in nats; adds to every parameter's
   * gradient.
   */
  public double loss(float[] x, int[] labels) {
    forward(x);
    HostGradients gradients = encoder.fine().gradients();
    float[] weight = new float[labels.length];
    Arrays.fill(weight, 1f / labels.length);
    float[] losses = gradients.crossEntropy(logits, labels, weight);
    gradients.linearWeight(logits, normed, weights.head().gradient());
    gradients.linearInput(logits, weights.head().weight(), dNormed);
    gradients.clear(dPooled);
    Parameter norm = weights.norm();
    gradients.rmsNorm(pooled, norm.weight(), Level.EPSILON, dNormed, dPooled, norm.gradient());
    encoder.coarse().pixels().meanGradient(dPooled, encoder.coarse().grid(), dCoarse);
    gradients.clear(dFine);
    encoder.backward(dCoarse, dFine);
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }
}
