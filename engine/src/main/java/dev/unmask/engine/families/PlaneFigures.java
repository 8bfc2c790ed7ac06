package dev.unmask.engine.families;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How good a model is, measured against the density that is known.
 *
 * @param kl KL(data ‖ model) in nats: of the model's own likelihood, or where it has none that of
 *     {@link #sampledKl}
 * @param nll −log likelihood of held-out points in nats, the mean; NaN where the model has none
 * @param bound whether both are bounds from above
 * @param sampledKl the same for all families: both densities are blurred by a Gaussian of 0.15 and
 *     summed over a lattice, the model's from 4,000 samples, mixed with one in a thousand of the
 *     uniform density so that a mode that was lost costs no infinity
 * @param found which modes of the data the samples found
 * @param millis that a sample took
 */
public record PlaneFigures(
    double kl, double nll, boolean bound, double sampledKl, boolean[] found, double millis) {
  private static final int HELD_OUT = 1000;
  private static final int SAMPLES = 4000;

  /** Seeds that no training uses by accident: numbers of a step long after any training's. */
  private static final int HELD_OUT_STEP = Integer.MAX_VALUE;

  private static final long SAMPLE_SEED = 20_260_101;
  private static final Lattice LATTICE = new Lattice(64, Lattice.REACH);
  private static final double BLUR = 0.15;
  private static final double UNIFORM = 1e-3;

  /** Points that no training sees: [2 × N]. */
  public static float[] heldOut(DataSet data) {
    return data.mixture().draw(HELD_OUT, new Philox(0, HELD_OUT_STEP));
  }

  /** Of a model as it is now. */
  public static PlaneFigures of(PlaneModel model, DataSet data) {
    long start = System.nanoTime();
    float[] samples = model.samples(SAMPLES, SAMPLE_SEED);
    double millis = (System.nanoTime() - start) / 1e6 / SAMPLES;
    double sampled = sampledKl(samples, data);
    float[] heldOut = heldOut(data);
    double truth = Arrays.stream(data.mixture().logDensities(heldOut)).average().orElseThrow();
    return switch (model.likelihood()) {
      case Likelihood.Exact(var logarithm) ->
          known(logarithm, heldOut, truth, false, sampled, data.found(samples), millis);
      case Likelihood.Bound(var logarithm) ->
          known(logarithm, heldOut, truth, true, sampled, data.found(samples), millis);
      case Likelihood.None() ->
          new PlaneFigures(sampled, Double.NaN, false, sampled, data.found(samples), millis);
    };
  }

  private static PlaneFigures known(
      Likelihood.Logarithm logarithm,
      float[] heldOut,
      double truth,
      boolean bound,
      double sampled,
      boolean[] found,
      double millis) {
    double mean = Arrays.stream(logarithm.at(heldOut)).average().orElseThrow();
    return new PlaneFigures(truth - mean, -mean, bound, sampled, found, millis);
  }

  /** How many modes were found. */
  public int modes() {
    int modes = 0;
    for (boolean each : found) {
      modes += each ? 1 : 0;
    }
    return modes;
  }

  /**
   * The estimate of KL(data ‖ model) from samples, in nats.
   *
   * @param samples [2 × N]
   */
  static double sampledKl(float[] samples, DataSet data) {
    double[] model = blurred(samples);
    double area = LATTICE.cell() * LATTICE.cell();
    var blur = new Corruption.Gaussian(1, BLUR);
    int cells = LATTICE.cells();
    double[] truth = new double[cells * cells];
    for (int i = 0; i < truth.length; i++) {
      double x = LATTICE.middle(i % cells);
      double y = LATTICE.middle(i / cells);
      truth[i] = data.mixture().at(x, y, blur).density() * area;
    }
    double all = DoubleStream.of(truth).sum();
    double kl = 0;
    for (int i = 0; i < truth.length; i++) {
      double p = truth[i] / all;
      double q = (1 - UNIFORM) * model[i] + UNIFORM / truth.length;
      kl += p == 0 ? 0 : p * StrictMath.log(p / q);
    }
    return kl;
  }

  /** The share of a blurred sample's density in each cell; what lies beyond them is in none. */
  private static double[] blurred(float[] samples) {
    int cells = LATTICE.cells();
    double[] shares = new double[cells * cells];
    int count = samples.length / 2;
    double scale = LATTICE.cell() * LATTICE.cell() / (2 * Math.PI * BLUR * BLUR * count);
    int wide = (int) Math.ceil(4 * BLUR / LATTICE.cell());
    double[] across = new double[2 * wide + 1];
    double[] along = new double[2 * wide + 1];
    for (int sample = 0; sample < count; sample++) {
      int left = first(samples[2 * sample], wide, across);
      int low = first(samples[2 * sample + 1], wide, along);
      for (int i = 0; i < along.length; i++) {
        for (int j = 0; j < across.length; j++) {
          if (low + i >= 0 && low + i < cells && left + j >= 0 && left + j < cells) {
            shares[(low + i) * cells + left + j] += scale * along[i] * across[j];
          }
        }
      }
    }
    return shares;
  }

  /** The first cell near a coordinate, and the kernel at it and at those that follow. */
  private static int first(double at, int wide, double[] kernel) {
    double bounded = Math.clamp(at, -1e3, 1e3);
    int first = (int) Math.floor((bounded + LATTICE.reach()) / LATTICE.cell()) - wide;
    for (int i = 0; i < kernel.length; i++) {
      double distance = (LATTICE.middle(first + i) - bounded) / BLUR;
      kernel[i] = StrictMath.exp(-distance * distance / 2);
    }
    return first;
  }
}
