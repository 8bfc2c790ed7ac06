package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.Tensor;
import java.util.List;

/** A layer that adds something to the stream it reads. */
sealed interface ResidualLayer permits ConvolutionBlock, AttentionBlock {
  /** The stream before the layer, to be written before it runs. */
  Tensor input();

  /** next = input + f(input). */
  void forward(Tensor next);

  /** Turns the gradient by {@code next} into that by {@code input}, in place. */
  void backward(Tensor dStream);

  /** Layers of these weights. */
  static List<ResidualLayer> convolutions(Level level, List<NetworkWeights.Convolution> weights) {
    return weights.stream().<ResidualLayer>map(w -> new ConvolutionBlock(level, w)).toList();
  }

  /** Runs layers one after the other; {@code end} is the stream after the last. */
  static void forward(List<ResidualLayer> layers, Tensor end) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).forward(i + 1 < layers.size() ? layers.get(i + 1).input() : end);
    }
  }

  /** Turns the gradient by the end of layers into that by their beginning, in place. */
  static void backward(List<ResidualLayer> layers, Tensor dStream) {
    layers.reversed().forEach(layer -> layer.backward(dStream));
  }
}
