package dev.unmask.engine.tensor;

/**
 * Cosines and sines of rotary position embeddings, a row of headSize / 2 for each position up to
 * the greatest one asked for (https://arxiv.org/abs/2104.09864, equation 34).
 */
final class Rotation {
  private final int half;
  private final double theta;
  private final int positions;
  private final float[] cosines;
  private final float[] sines;

  Rotation(int headSize, double theta, int positions) {
    this.half = headSize / 2;
    this.theta = theta;
    this.positions = positions;
    cosines = new float[positions * half];
    sines = new float[positions * half];
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < half; i++) {
        double angle = position * StrictMath.pow(theta, -2.0 * i / headSize);
        cosines[position * half + i] = (float) StrictMath.cos(angle);
        sines[position * half + i] = (float) StrictMath.sin(angle);
      }
    }
  }

  /** Whether it holds what these heads at this position need. */
  boolean serves(int headSize, double theta, int position) {
    return half == headSize / 2 && this.theta == theta && position < positions;
  }

  /**
   * Turns the queries and keys of a row.
   *
   * @param direction 1, or −1 to turn back
   */
  void applyRotary(HostTensor qkv, int row, AttentionShape shape, int position, float direction) {
    for (int head = 0; head < shape.heads() + shape.keyHeads(); head++) {
      long start = qkv.offset(row) + (long) head * shape.headSize() * Float.BYTES;
      RowKernels.applyRotary(qkv.memory(), start, cosines, sines, position * half, half, direction);
    }
  }
}
