package dev.unmask.engine.noise.gaussian;

import dev.unmask.engine.InputException;
import java.util.stream.IntStream;

/**
 * The variance-preserving noise that a denoiser was trained with, in discrete steps (Ho et al.
 * 2020, https://arxiv.org/abs/2006.11239): x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) ε.
 *
 * @param alphaBar ᾱ of each step, from the cleanest
 */
public record TrainingNoise(float[] alphaBar) {
  /** Of σ / α: below it, float32 does not tell ᾱ from 1. */
  private static final double LEAST = 1e-3;

  /** The products of 1 − β. */
  public static TrainingNoise ofBetas(float[] betas) {
    float[] alphaBar = new float[betas.length];
    double product = 1;
    for (int t = 0; t < betas.length; t++) {
      product *= 1 - betas[t];
      alphaBar[t] = (float) product;
    }
    return new TrainingNoise(alphaBar);
  }

  /** β rises evenly. */
  public static TrainingNoise linear(double first, double last, int steps) {
    return ofBetas(even((float) first, (float) last, steps));
  }

  /**
   * A process in continuous time at the middles of so many steps, from the first noise that counts,
   * scaled so that the variance is preserved, whatever its own scale is.
   */
  public static TrainingNoise of(ImageProcess process, int steps) {
    double first = process.time(LEAST);
    return new TrainingNoise(
        Pixels.each(
            steps,
            i -> {
              double ratio = process.at(first + (1 - first) * (i + 0.5) / steps).ratio();
              return (float) (1 / (1 + ratio * ratio));
            }));
  }

  /**
   * The schedule of 2015 (Sohl-Dickstein et al., https://arxiv.org/abs/1503.03585, section 2.4.1),
   * β_t = 1 / (T − t + 1): each step takes away the same share of the signal, and the last the
   * rest.
   */
  public static TrainingNoise reciprocal(int steps) {
    return new TrainingNoise(Pixels.each(steps, i -> (float) (steps - 1 - i) / steps));
  }

  /** √β rises evenly, as in latent diffusion. */
  public static TrainingNoise scaledLinear(double first, double last, int steps) {
    float[] roots = even((float) Math.sqrt(first), (float) Math.sqrt(last), steps);
    return ofBetas(Pixels.each(steps, t -> roots[t] * roots[t]));
  }

  /** ᾱ is a squared cosine (Nichol and Dhariwal 2021, https://arxiv.org/abs/2102.09672). */
  public static TrainingNoise cosine(int steps) {
    return ofBetas(
        Pixels.each(
            steps, t -> (float) Math.min(0.999, 1 - cosine(t + 1, steps) / cosine(t, steps))));
  }

  private static double cosine(int t, int steps) {
    double c = StrictMath.cos(((double) t / steps + 0.008) / 1.008 * Math.PI / 2);
    return c * c;
  }

  /** So many numbers in equal strides, counted from the nearer end, in float32 as torch counts. */
  static float[] even(float first, float last, int count) {
    float stride = (last - first) / Math.max(1, count - 1);
    return Pixels.each(
        count, i -> i < count / 2 ? first + stride * i : last - stride * (count - 1 - i));
  }

  /** Scaled so that the last step keeps nothing (https://arxiv.org/abs/2305.08891, algorithm 1). */
  public TrainingNoise withoutSignalAtTheEnd() {
    float first = (float) Math.sqrt(alphaBar[0]);
    float last = (float) Math.sqrt(alphaBar[alphaBar.length - 1]);
    return new TrainingNoise(
        Pixels.each(
            alphaBar.length,
            t -> {
              float root = ((float) Math.sqrt(alphaBar[t]) - last) * first / (first - last);
              return root * root;
            }));
  }

  /** The same, but for ᾱ of the last step. */
  public TrainingNoise endingAt(float last) {
    float[] other = alphaBar.clone();
    other[other.length - 1] = last;
    return new TrainingNoise(other);
  }

  /**
   * So many of the steps, evenly, from the noisiest.
   *
   * @throws InputException if there are not so many
   */
  public int[] evenly(int count) {
    if (count < 1 || count > steps()) {
      throw new InputException(
          "Noise of %d steps cannot be taken away in %d; take 1 to %d."
              .formatted(steps(), count, steps()));
    }
    return IntStream.range(0, count)
        .map(i -> (int) Math.rint((double) steps() * (count - i) / count) - 1)
        .toArray();
  }

  /** T. */
  public int steps() {
    return alphaBar.length;
  }

  /** σ of a step in units in which x = x_0 + σ ε. */
  public float sigma(int t) {
    return (float) Math.sqrt((1 - alphaBar[t]) / alphaBar[t]);
  }

  /** σ between two steps. */
  public double sigmaBetween(double t) {
    int below = Math.min((int) t, steps() - 1);
    int above = Math.min(below + 1, steps() - 1);
    return sigma(below) + (t - below) * ((double) sigma(above) - sigma(below));
  }

  /** The step, with a fraction, of a σ, between the logarithms. */
  public double time(double sigma) {
    double wanted = StrictMath.log(Math.max(sigma, 1e-10));
    int above =
        IntStream.range(1, steps() - 1)
            .filter(t -> StrictMath.log(sigma(t)) >= wanted)
            .findFirst()
            .orElse(steps() - 1);
    double low = StrictMath.log(sigma(above - 1));
    double high = StrictMath.log(sigma(above));
    double share = Math.clamp((low - wanted) / (low - high), 0, 1);
    return above - 1 + share;
  }

  /** A clean pixel as it is at a step. */
  public float noised(float x, float noise, int t) {
    return (float) Math.sqrt(alphaBar[t]) * x + (float) Math.sqrt(1 - alphaBar[t]) * noise;
  }
}
