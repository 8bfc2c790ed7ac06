package dev.unmask.engine.denoiser.dit;

import dev.unmask.engine.safetensors.Weights;

/**
 * What a diffusion transformer is told of the time: cosines and sines of σ, through two linear
 * layers (https://arxiv.org/abs/2212.09748, section 3.2).
 */
record TimeEmbedding(HeapLinear first, HeapLinear second) {
  private static final double LONGEST_PERIOD = 10_000;

  static TimeEmbedding load(Weights file, String name) {
    return new TimeEmbedding(HeapLinear.load(file, name + "0"), HeapLinear.load(file, name + "2"));
  }

  /** Of a total noise σ, not negative. */
  float[] of(double sigma) {
    int half = DitArchitecture.FREQUENCIES / 2;
    float[] waves = new float[2 * half];
    for (int i = 0; i < half; i++) {
      double angle = sigma * Math.pow(LONGEST_PERIOD, -(double) i / half);
      waves[i] = (float) Math.cos(angle);
      waves[half + i] = (float) Math.sin(angle);
    }
    return silu(second.apply(silu(first.apply(waves))));
  }

  private static float[] silu(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] /= 1 + (float) Math.exp(-x[i]);
    }
    return x;
  }
}
