package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.AttentionMask;
import dev.unmask.engine.tensor.AttentionShape;
import dev.unmask.engine.tensor.Tensor;

/** Attention of all of an image's places to each other; where they are, convolutions tell. */
final class AttentionBlock implements ResidualLayer {
  private final Level level;
  private final NetworkWeights.Attention weights;
  private final AttentionShape heads;
  private final Tensor input;
  private final Tensor normed;
  private final Tensor qkv;
  private final Tensor mixed;

  AttentionBlock(Level level, NetworkWeights.Attention weights) {
    this.level = level;
    this.weights = weights;
    int count = level.channels() / UNetShape.HEAD_SIZE;
    int places = level.grid().height() * level.grid().width();
    heads =
        new AttentionShape(level.grid().images(), places, count, count, UNetShape.HEAD_SIZE, false);
    input = level.allocate(level.channels());
    normed = level.allocate(level.channels());
    qkv = level.allocate(3 * level.channels());
    mixed = level.allocate(level.channels());
  }

  @Override
  public Tensor input() {
    return input;
  }

  @Override
  public void forward(Tensor next) {
    level.ops().rmsNorm(input, weights.norm().weight(), Level.EPSILON, normed);
    level.ops().linear(normed, weights.qkv().weight(), qkv);
    level.ops().attention(qkv, heads, mixed);
    level.gradients().copy(input, next);
    level.ops().linearAdd(mixed, weights.out().weight(), next);
  }

  @Override
  public void backward(Tensor dStream) {
    var gradients = level.gradients();
    gradients.linearWeight(dStream, mixed, weights.out().gradient());
    gradients.linearInput(dStream, weights.out().weight(), level.dNarrow());
    gradients.attention(qkv, heads, AttentionMask.NONE, level.dNarrow(), level.dQkv());
    gradients.linearWeight(level.dQkv(), normed, weights.qkv().gradient());
    gradients.linearInput(level.dQkv(), weights.qkv().weight(), level.dNormed());
    gradients.rmsNorm(
        input,
        weights.norm().weight(),
        Level.EPSILON,
        level.dNormed(),
        dStream,
        weights.norm().gradient());
  }
}
