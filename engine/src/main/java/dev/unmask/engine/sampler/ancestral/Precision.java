package dev.unmask.engine.sampler.ancestral;

import java.util.stream.IntStream;

/** Float32, which rows and draws are in, and float64, in which noise is computed. */
final class Precision {
  private Precision() {}

  static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
