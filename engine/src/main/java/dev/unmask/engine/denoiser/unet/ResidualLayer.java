package dev.unmask.engine.denoiser.unet;

import dev.unmask.engine.tensor.Tensor;

/** A layer that adds something to the stream it reads. */
sealed interface ResidualLayer permits ConvolutionBlock, AttentionBlock {
  /** The stream before the layer, to be written before it runs. */
  Tensor input();

  /** next = input + f(input). */
  void forward(Tensor next);

  /** Turns the gradient by {@code next} into that by {@code input}, in place. */
  void backward(Tensor dStream);
}
