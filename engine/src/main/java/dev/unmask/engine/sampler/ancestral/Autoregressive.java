package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.List;

/**
 * Autoregression as diffusion (Austin et al. 2021, https://arxiv.org/abs/2107.03006, section 3.3):
 * a forward process that masks one token a step, from the last to the first, has the reverse that
 * draws them from left to right.
 */
public final class Autoregressive {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "autoregressive",
          "D3PM, autoregression",
          "Unmasks from left to right, one token a step, exactly as the denoiser says.",
          D3pm.PAPER,
          "Checked against theory: a chi-square test of its samples against a known distribution",
          List.of(AncestralSettings.NUCLEUS),
          (settings, vocabulary) -> new OrderedSampler(new LeftToRight(), settings, vocabulary));

  private Autoregressive() {}

  private record LeftToRight() implements OrderedSampler.Order {
    @Override
    public int steps(int masks) {
      return masks;
    }

    @Override
    public int[] asked(int[] masks) {
      return Arrays.copyOf(masks, Math.min(1, masks.length));
    }

    @Override
    public int[] chosen(int[] masks, RandomSource random) {
      return asked(masks);
    }

    @Override
    public Rule rule() {
      return Rule.ORDER;
    }

    /** The masks that are left, of those at the start. */
    @Override
    public double time(TokenState before, int masks, RandomSource random) {
      return before.time() * (masks - 1) / masks;
    }
  }
}
