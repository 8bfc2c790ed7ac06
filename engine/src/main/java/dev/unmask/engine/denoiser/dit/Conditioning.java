package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.safetensors.Weights;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a layer is told of the time.
 *
 * @param vector of the time, empty for a transformer without conditions
 * @param width of the residual stream
 */
record Conditioning(float[] vector, int width) {
  /** The layer that makes modulations of the vector, if there is one. */
  static Optional<HeapLinear> modulation(DitArchitecture shape, Weights file, String name) {
    return shape.conditioned()
        ? Optional.of(HeapLinear.load(file, name + "adaLN_modulation"))
        : Optional.empty();
  }

  /**
   * So many rows, [width] each: shifts, scales and gates in turn, each third one a gate. Without a
   * modulation they leave everything as it is.
   */
  float[][] rows(Optional<HeapLinear> modulation, int count) {
    float[][] rows = new float[count][width];
    for (int gate = 2; gate < count; gate += 3) {
      Arrays.fill(rows[gate], 1);
    }
    modulation.ifPresent(
        linear -> {
          float[] all = linear.apply(vector);
          for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
          }
        });
    return rows;
  }

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
}
