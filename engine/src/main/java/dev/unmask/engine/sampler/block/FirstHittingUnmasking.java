package dev.unmask.engine.sampler.block;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.ancestral.FirstHitting;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;

/**
 * Unmasks one position a step (https://arxiv.org/abs/2409.02908): of n masks at time τ with α_t = 1
 * − t any one takes its token at τ · u^(1/n), u uniform.
 *
 * @param given most steps of a block, 0 for as many as it has masks
 */
record FirstHittingUnmasking(int given, Vocabulary vocabulary) implements BlockUnmasking {
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
