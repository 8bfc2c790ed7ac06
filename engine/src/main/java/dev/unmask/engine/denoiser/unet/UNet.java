package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.Grid;
import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostPixels;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A U-Net (https://arxiv.org/abs/1505.04597, as DDPM uses it, https://arxiv.org/abs/2006.11239) on
 * a batch of images: the fine level's stream is halved in height and width, worked on together with
 * attention, brought back, and added to what it was.
 */
public final class UNet {
  private final UNetShape shape;
  private final HostTensors ops;
  private final UNetWeights weights;
  private final Grid grid;
  private final Level fine;
  private final Level coarse;
  private final List<ResidualLayer> before;
  private final List<ResidualLayer> middle = new ArrayList<>();
  private final List<ResidualLayer> after;
  private final Tensor image;
  private final Tensor places;
  private final Tensor skip;
  private final Tensor merged;
  private final Tensor coarseEnd;
  private final Tensor fineEnd;
  private final Tensor normed;
  private final Tensor dPlaces;
  private final Tensor dMerged;
  private final Tensor dCoarse;
  private final Tensor dFine;
  private final Tensor dSkip;

  /** A network of these weights for batches of so many images. */
  public UNet(HostTensors ops, UNetWeights weights, int images) {
    this.ops = ops;
    this.weights = weights;
    shape = weights.shape();
    grid = new Grid(images, shape.height(), shape.width());
    fine = Level.allocate(ops, grid.halved(), shape.fine(), shape.features());
    coarse = Level.allocate(ops, grid.halved().halved(), shape.coarse(), shape.features());
    before = convolutions(fine, weights.before());
    middle.addAll(convolutions(coarse, weights.coarse()));
    middle.add(1, new AttentionBlock(coarse, weights.attention()));
    after = convolutions(fine, weights.after());
    image = ops.allocate(grid.rows(), shape.channels());
    places = fine.allocate(4 * shape.channels());
    skip = fine.allocate(shape.fine());
    merged = coarse.allocate(4 * shape.fine());
    coarseEnd = coarse.allocate(shape.coarse());
    fineEnd = fine.allocate(shape.fine());
    normed = fine.allocate(shape.fine());
    dPlaces = fine.allocate(4 * shape.channels());
    dMerged = coarse.allocate(4 * shape.fine());
    dCoarse = coarse.allocate(shape.coarse());
    dFine = fine.allocate(shape.fine());
    dSkip = fine.allocate(shape.fine());
  }

  private static List<ResidualLayer> convolutions(
      Level level, List<UNetWeights.Convolution> weights) {
    return weights.stream().<ResidualLayer>map(w -> new ConvolutionBlock(level, w)).toList();
  }

  /** Images in a batch. */
  public int images() {
    return grid.images();
  }

  /**
   * What the network says of a batch.
   *
   * @param x image after image, line after line, a pixel's channels together
   * @param times one an image, in 0 to 1
   * @param labels one an image: a class, or the number of classes for none
   * @return as many values as in {@code x}
   */
  public float[] forward(float[] x, double[] times, int[] labels) {
    float[][] features =
        IntStream.range(0, grid.images())
            .mapToObj(i -> shape.features(times[i], labels[i]))
            .toArray(float[][]::new);
    HostPixels pixels = fine.pixels();
    pixels.label(features, fine.grid(), fine.neighbourhoods());
    pixels.label(features, coarse.grid(), coarse.neighbourhoods());
    ops.write(image, 0, x);
    pixels.merge(image, grid, places);
    ops.linear(places, weights.stem().weight(), before.getFirst().input());
    forward(before, skip);
    pixels.merge(skip, fine.grid(), merged);
    ops.linear(merged, weights.merge().weight(), middle.getFirst().input());
    forward(middle, coarseEnd);
    Tensor joined = after.getFirst().input();
    ops.linear(coarseEnd, weights.split().weight(), dMerged);
    pixels.split(dMerged, fine.grid(), joined);
    fine.gradients().add(skip, joined);
    forward(after, fineEnd);
    ops.rmsNorm(fineEnd, weights.norm().weight(), Level.EPSILON, normed);
    ops.linear(normed, weights.head().weight(), dPlaces);
    pixels.split(dPlaces, grid, image);
    return read(image);
  }

  /**
   * Adds to every parameter's gradient, after {@link #forward}.
   *
   * @param dOut the gradient of the loss by what it returned
   */
  public void backward(float[] dOut) {
    HostPixels pixels = fine.pixels();
    HostGradients gradients = fine.gradients();
    ops.write(image, 0, dOut);
    pixels.merge(image, grid, dPlaces);
    gradients.linearWeight(dPlaces, normed, weights.head().gradient());
    gradients.linearInput(dPlaces, weights.head().weight(), fine.dNormed());
    gradients.clear(dFine);
    Parameter norm = weights.norm();
    gradients.rmsNorm(
        fineEnd, norm.weight(), Level.EPSILON, fine.dNormed(), dFine, norm.gradient());
    backward(after, dFine);
    pixels.merge(dFine, fine.grid(), dMerged);
    gradients.linearWeight(dMerged, coarseEnd, weights.split().gradient());
    gradients.linearInput(dMerged, weights.split().weight(), dCoarse);
    backward(middle, dCoarse);
    gradients.linearWeight(dCoarse, merged, weights.merge().gradient());
    gradients.linearInput(dCoarse, weights.merge().weight(), dMerged);
    pixels.split(dMerged, fine.grid(), dSkip);
    gradients.add(dSkip, dFine);
    backward(before, dFine);
    gradients.linearWeight(dFine, places, weights.stem().gradient());
  }

  private static void forward(List<ResidualLayer> layers, Tensor end) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).forward(i + 1 < layers.size() ? layers.get(i + 1).input() : end);
    }
  }

  private static void backward(List<ResidualLayer> layers, Tensor dStream) {
    layers.reversed().forEach(layer -> layer.backward(dStream));
  }

  private float[] read(Tensor pixels) {
    float[] values = new float[pixels.rows() * pixels.columns()];
    float[] row = new float[pixels.columns()];
    for (int i = 0; i < pixels.rows(); i++) {
      ops.read(pixels, i, row);
      System.arraycopy(row, 0, values, i * row.length, row.length);
    }
    return values;
  }
}
