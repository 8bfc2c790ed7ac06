package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenState;
import java.util.List;

/**
 * BERT as one-step diffusion (Austin et al. 2021, https://arxiv.org/abs/2107.03006, section 3.3):
 * with T = 1 the whole reverse process is one draw of every mask from p(x_0 | x_1).
 */
public final class Bert {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "bert",
          "D3PM, BERT",
          "Unmasks everything in one step. An approximation: the tokens do not know of each"
              + " other.",
          D3pm.PAPER,
          "Checked against theory: a single mask passes a chi-square test against a known"
              + " distribution, and several fail it",
          List.of(AncestralSettings.NUCLEUS),
          (settings, vocabulary) -> new OrderedSampler(new AllAtOnce(), settings, vocabulary));

  private Bert() {}

  private record AllAtOnce() implements OrderedSampler.Order {
    @Override
    public int steps(int masks) {
      return Math.min(1, masks);
    }

    @Override
    public int[] asked(int[] masks) {
      return masks;
    }

    @Override
    public int[] chosen(int[] masks, RandomSource random) {
      return masks;
    }

    @Override
    public Rule rule() {
      return Rule.ALL;
    }

    @Override
    public double time(TokenState before, int masks, RandomSource random) {
      return 0;
    }
  }
}
