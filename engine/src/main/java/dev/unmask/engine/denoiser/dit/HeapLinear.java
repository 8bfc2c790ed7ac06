package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.safetensors.Weights;

/**
 * A linear layer for one vector a sequence, which is too little to leave the heap for.
 *
 * @param weight [out × in]
 * @param bias [out]
 */
record HeapLinear(float[] weight, float[] bias) {
  static HeapLinear load(Weights file, String name) {
    return new HeapLinear(file.floats(name + ".weight"), file.floats(name + ".bias"));
  }

  float[] apply(float[] x) {
    float[] out = bias.clone();
    for (int row = 0; row < out.length; row++) {
      double sum = 0;
      for (int column = 0; column < x.length; column++) {
        sum += weight[row * x.length + column] * x[column];
      }
      out[row] += (float) sum;
    }
    return out;
  }
}
