package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.Grid;
import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostPixels;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Tensor;

/**
 * The operations on one level's pixels, and memory that all its layers write over.
 *
 * @param neighbourhoods what a convolution reads; its last columns hold the images' features
 * @param dNeighbourhoods their gradient
 * @param dGateUp the gradient of gates and ups
 * @param dQkv the gradient of queries, keys and values
 * @param dNarrow the gradient of what a layer puts back into the stream
 * @param dNormed that of the normalised stream
 */
record Level(
    HostTensors ops,
    HostGradients gradients,
    HostPixels pixels,
    Grid grid,
    int channels,
    Tensor neighbourhoods,
    Tensor dNeighbourhoods,
    Tensor dGateUp,
    Tensor dQkv,
    Tensor dNarrow,
    Tensor dNormed) {
  static final float EPSILON = 1e-5f;

  static Level allocate(HostTensors ops, Grid grid, int channels, int features) {
    int rows = grid.rows();
    int around = HostPixels.neighbourhood(channels) + features;
    return new Level(
        ops,
        new HostGradients(ops),
        new HostPixels(ops),
        grid,
        channels,
        ops.allocate(rows, around),
        ops.allocate(rows, around),
        ops.allocate(rows, 2 * channels),
        ops.allocate(rows, 3 * channels),
        ops.allocate(rows, channels),
        ops.allocate(rows, channels));
  }

  /** A matrix with a row for each pixel. */
  Tensor allocate(int columns) {
    return ops.allocate(grid.rows(), columns);
  }
}
