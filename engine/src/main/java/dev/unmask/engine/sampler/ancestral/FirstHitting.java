package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import java.net.URI;
import java.util.List;

/**
 * The first-hitting sampler (Zheng et al. 2024, https://arxiv.org/abs/2409.02908, algorithm 1):
 * masked diffusion without a grid of times. Of n masks at time τ with α_t = 1 − t, the next is
 * unmasked at τ · u^(1/n), u uniform; it is any of them, and its token a draw from p(x_0 | x_τ).
 *
 * <p>Variables ↔ symbols: time ↔ τ_n, masks ↔ n, hit ↔ τ_{n−1}.
 */
public final class FirstHitting {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "first-hitting",
          "First-hitting",
          "Jumps from one unmasking to the next: one random position a step, exactly as the"
              + " denoiser says.",
          URI.create("https://arxiv.org/abs/2409.02908"),
          "Checked against theory: the law of its times, and a chi-square test of its samples"
              + " against a known distribution",
          List.of(AncestralSettings.NUCLEUS),
          (settings, vocabulary) -> new OrderedSampler(new AnyNext(), settings, vocabulary));

  /** What is drawn once for the whole sequence is drawn as if for its first position. */
  private static final Rows ONE = Rows.packed(new int[] {0});

  private FirstHitting() {}

  /**
   * When the next of so many masks is unmasked.
   *
   * @param time τ, from which on they are masks
   * @param one the position that the number is drawn for
   */
  public static double hit(double time, int masks, Rows one, RandomSource random) {
    // τ_{n−1} = τ_n u^(1/n)
    return time * StrictMath.pow(random.uniform64(Purpose.TIME, one, 1)[0][0], 1.0 / masks);
  }

  private record AnyNext() implements OrderedSampler.Order {
    @Override
    public int steps(int masks) {
      return masks;
    }

    @Override
    public int[] asked(int[] masks) {
      return masks;
    }

    @Override
    public int[] chosen(int[] masks, RandomSource random) {
      return new int[] {masks[random.integers(Purpose.ORDER, ONE, masks.length)[0]]};
    }

    @Override
    public Rule rule() {
      return Rule.ANY;
    }

    @Override
    public double time(TokenState before, int masks, RandomSource random) {
      double hit = hit(before.time(), masks, ONE, random);
      return masks == 1 ? 0 : hit;
    }
  }
}
