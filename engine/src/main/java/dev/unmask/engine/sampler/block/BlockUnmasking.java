package dev.unmask.engine.sampler.block;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.ancestral.FirstHitting;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Times;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import java.util.Arrays;

/** How the masks of a block become tokens. */
interface BlockUnmasking {
  /**
   * The masks of a block before a step.
   *
   * @param step steps of the block before this one
   * @param time t before it
   * @param rows their positions, of all those of the block
   * @param probabilities p(x_0 | x_t), [masks × V]
   */
  record Masks(int step, double time, Rows rows, float[][] probabilities) {}

  /**
   * What comes of them.
   *
   * @param drawn a token for each, the mask where none was drawn
   * @param taken whether each becomes that token
   * @param time t after the step
   * @param grounds of each
   */
  record Unmasked(int[] drawn, boolean[] taken, double time, Grounds grounds) {}

  /**
   * The most steps that a block takes.
   *
   * @param length its positions
   */
  int steps(int length);

  /**
   * How many of these are planned.
   *
   * @param masks that the block has at first
   */
  int planned(int masks, int length);

  /** Decides. */
  Unmasked unmask(Masks masks, RandomSource random);

  /**
   * Unmasks by chance on a grid of times with α_t = 1 − t: from t to s each mask takes a token with
   * the probability (t − s) / t.
   *
   * @param given steps of a block, 0 for one a position
   * @param asReference whether its times are the reference's, which lie a little further apart than
   *     its steps are long: its last time is 0, by which it divides
   */
  record ByChance(int given, boolean asReference, Vocabulary vocabulary) implements BlockUnmasking {
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
      Times.Grid grid = new Times.Grid(asReference ? Math.max(1, steps - 1) : steps, 0);
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
      // q(x_s | x_t = m): x_0 with (1 − s / t) p(x_0), m with s / t
      float[] weights = probabilities.clone();
      for (int token = 0; token < weights.length; token++) {
        weights[token] *= 1 - stay;
      }
      weights[vocabulary.maskId()] = stay;
      return weights;
    }

    /**
     * Where torch multiplies by infinity, it takes the first token of no probability, which makes
     * no number, and else the first of all, for they are equally infinite.
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

  /**
   * Unmasks one position a step (https://arxiv.org/abs/2409.02908): of n masks at time τ with α_t =
   * 1 − t any one takes its token at τ · u^(1/n), u uniform.
   *
   * @param given most steps of a block, 0 for as many as it has masks
   */
  record OneByOne(int given, Vocabulary vocabulary) implements BlockUnmasking {
    @Override
    public int steps(int length) {
      return given == 0 ? length : given;
    }

    @Override
    public int planned(int masks, int length) {
      return Math.min(masks, steps(length));
    }

    @Override
    public Unmasked unmask(Masks masks, RandomSource random) {
      int count = masks.probabilities().length;
      Rows one = Rows.packed(new int[] {masks.rows().positions()[0]});
      double hit = FirstHitting.hit(masks.time(), count, one, random);
      int[] drawn =
          Categorical.FLOAT64.draw(masks.probabilities(), vocabulary.size(), masks.rows(), random);
      boolean[] taken = new boolean[count];
      taken[random.integers(Purpose.ORDER, one, count)[0]] = true;
      return new Unmasked(drawn, taken, hit, Grounds.of(Measure.UNTOLD, Rule.ANY, count));
    }
  }
}
