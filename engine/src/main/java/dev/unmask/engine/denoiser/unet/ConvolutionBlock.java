package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;

/**
 * A three by three convolution of the normalised stream and the image's features, gated (SwiGLU,
 * https://arxiv.org/abs/2002.05202), and a product back into the stream.
 */
final class ConvolutionBlock implements ResidualLayer {
  private final Level level;
  private final NetworkWeights.Convolution weights;
  private final Tensor input;
  private final Tensor normed;
  private final Tensor gateUp;
  private final Tensor gated;

  ConvolutionBlock(Level level, NetworkWeights.Convolution weights) {
    this.level = level;
    this.weights = weights;
    input = level.allocate(level.channels());
    normed = level.allocate(level.channels());
    gateUp = level.allocate(2 * level.channels());
    gated = level.allocate(level.channels());
  }

  @Override
  public Tensor input() {
    return input;
  }

  @Override
  public void forward(Tensor next) {
    level.ops().rmsNorm(input, weights.norm().weight(), Level.EPSILON, normed);
    level.pixels().neighbourhoods(normed, level.grid(), level.neighbourhoods());
    level.ops().linear(level.neighbourhoods(), weights.gateUp().weight(), gateUp);
    level.ops().swiglu(gateUp, gated);
    level.gradients().copy(input, next);
    level.ops().linearAdd(gated, weights.down().weight(), next);
  }

  @Override
  public void backward(Tensor dStream) {
    var gradients = level.gradients();
    Parameter down = weights.down();
    Parameter wide = weights.gateUp();
    gradients.linearWeight(dStream, gated, down.gradient());
    gradients.linearInput(dStream, down.weight(), level.dNarrow());
    Tensor dGateUp = level.dGateUp();
    gradients.swiglu(gateUp, level.dNarrow(), dGateUp);
    level.pixels().neighbourhoods(normed, level.grid(), level.neighbourhoods());
    gradients.linearWeight(dGateUp, level.neighbourhoods(), wide.gradient());
    gradients.linearInput(dGateUp, wide.weight(), level.dNeighbourhoods());
    level.pixels().neighbourhoodsGradient(level.dNeighbourhoods(), level.grid(), level.dNormed());
    Parameter norm = weights.norm();
    gradients.rmsNorm(
        input, norm.weight(), Level.EPSILON, level.dNormed(), dStream, norm.gradient());
  }
}
