package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.Grid;
import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostPixels;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's first half: the fine level's stream is halved in height and width and worked on
 * together with attention.
 */
final class Encoder {
  private final HostTensors ops;
  private final NetworkWeights.Encoder weights;
  private final Grid grid;
  private final Level fine;
  private final Level coarse;
  private final List<ResidualLayer> before;
  private final List<ResidualLayer> middle = new ArrayList<>();
  private final Tensor image;
  private final Tensor places;
  private final Tensor skip;
  private final Tensor merged;
  private final Tensor end;
  private final Tensor dMerged;
  private final Tensor dSkip;

  Encoder(HostTensors ops, UNetShape shape, NetworkWeights.Encoder weights, int images) {
    this.ops = ops;
    this.weights = weights;
    grid = new Grid(images, shape.height(), shape.width());
    fine = Level.allocate(ops, grid.halved(), shape.fine(), shape.features());
    coarse = Level.allocate(ops, grid.halved().halved(), shape.coarse(), shape.features());
    before = ResidualLayer.convolutions(fine, weights.fine());
    middle.addAll(ResidualLayer.convolutions(coarse, weights.coarse()));
    middle.add(1, new AttentionBlock(coarse, weights.attention()));
    image = ops.allocate(grid.rows(), shape.channels());
    places = fine.allocate(4 * shape.channels());
    skip = fine.allocate(shape.fine());
    merged = coarse.allocate(4 * shape.fine());
    end = coarse.allocate(shape.coarse());
    dMerged = coarse.allocate(4 * shape.fine());
    dSkip = fine.allocate(shape.fine());
  }

  Grid grid() {
    return grid;
  }

  Level fine() {
    return fine;
  }

  Level coarse() {
    return coarse;
  }

  /** The fine level's stream, after {@link #forward}. */
  Tensor skip() {
    return skip;
  }

  /** The coarse level's stream, after {@link #forward}. */
  Tensor end() {
    return end;
  }

  /**
   * Looks at a batch.
   *
   * @param x image after image, line after line, a pixel's channels together
   * @param features of each image
   */
  void forward(float[] x, float[][] features) {
    HostPixels pixels = fine.pixels();
    pixels.label(features, fine.grid(), fine.neighbourhoods());
    pixels.label(features, coarse.grid(), coarse.neighbourhoods());
    ops.write(image, 0, x);
    pixels.merge(image, grid, places);
    ops.linear(places, weights.stem().weight(), before.getFirst().input());
    ResidualLayer.forward(before, skip);
    pixels.merge(skip, fine.grid(), merged);
    ops.linear(merged, weights.merge().weight(), middle.getFirst().input());
    ResidualLayer.forward(middle, end);
  }

  /**
   * Adds to every parameter's gradient.
   *
   * @param dEnd the gradient of the loss by {@link #end}; overwritten
   * @param dFine that by {@link #skip}; overwritten
   */
  void backward(Tensor dEnd, Tensor dFine) {
    HostGradients gradients = fine.gradients();
    ResidualLayer.backward(middle, dEnd);
    gradients.linearWeight(dEnd, merged, weights.merge().gradient());
    gradients.linearInput(dEnd, weights.merge().weight(), dMerged);
    fine.pixels().split(dMerged, fine.grid(), dSkip);
    gradients.add(dSkip, dFine);
    ResidualLayer.backward(before, dFine);
    gradients.linearWeight(dFine, places, weights.stem().gradient());
  }
}
