package dev.unmask.engine.sampler.block;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.TimeGrid;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import java.util.Arrays;

/**
 * Unmasks by chance on a grid of times with α_t = 1 − t: from t to s each mask takes a token with
 * the probability (t − s) / t.
 *
 * @param given steps of a block, 0 for one a position
 * @param asReference whether its times are the reference's, which lie a little further apart than
 *     its steps are long: its last time is 0, by which it divides
 */
record AncestralUnmasking(int given, boolean asReference, Vocabulary vocabulary)
    implements BlockUnmasking {
  @Override
  public int steps(int length) {
    return given == 0 ? length : given;
  }

  @Override
  public int planned(int masks, int length) {
    return steps(length);
  }

  @Override
  public Unmasked unmask(Masks masks, RandomSource random) {
    int steps = steps(masks.rows().count());
    TimeGrid grid = new TimeGrid(asReference ? Math.max(1, steps - 1) : steps, 0);
    float t = grid.at(masks.step());
    float next = Math.max(0, grid.at(masks.step() + 1));
    float s = asReference ? t - (float) (1.0 / steps) : next;
    float[][] weights =
        Arrays.stream(masks.probabilities())
            .map(p -> t == 0 ? dividedByZero(p) : weights(p, s / t))
            .toArray(float[][]::new);
    int[] drawn = Categorical.FLOAT64.draw(weights, vocabulary.size(), masks.rows(), random);
    boolean[] taken = new boolean[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      taken[i] = drawn[i] != vocabulary.maskId();
    }
    Grounds grounds =
        Grounds.of(Measure.UNTOLD, Rule.CHANCE, drawn.length).withChance(t == 0 ? 1 : 1 - s / t);
    return new Unmasked(drawn, taken, next, grounds);
  }

  private float[] weights(float[] probabilities, float stay) {
    float[] weights = probabilities.clone();
    for (int token = 0; token < weights.length; token++) {
      weights[token] *= 1 - stay;
    }
    weights[vocabulary.maskId()] = stay;
    return weights;
  }

  /**
   * Where torch multiplies by infinity, it takes the first token of no probability, which makes no
   * number, and else the first of all, for they are equally infinite.
   */
  private float[] dividedByZero(float[] probabilities) {
    float[] weights = new float[probabilities.length];
    int first = -1;
    for (int token = probabilities.length - 1; token >= 0; token--) {
      boolean certain = probabilities[token] == 0;
      if (token != vocabulary.maskId() && (certain || first < 0 || probabilities[first] > 0)) {
        first = token;
      }
    }
    weights[first] = 1;
    return weights;
  }
}
