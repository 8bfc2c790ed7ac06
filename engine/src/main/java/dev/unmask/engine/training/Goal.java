package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model can be trained to do. */
public enum Goal {
  /** To fill in masks, as LLaDA does. */
  MASKED {
    @Override
    Objective objective(SpecialTokens tokens, TextSubject subject) {
      return new MaskedObjective(tokens.mask());
    }
  },
  /** To go on from left to right. */
  CAUSAL {
    @Override
    Objective objective(SpecialTokens tokens, TextSubject subject) {
      return new CausalObjective(tokens.end());
    }
  },
  /** To tell the true token where any may stand, as D3PM, SEDD and UDLM do with uniform noise. */
  UNIFORM {
    @Override
    Objective objective(SpecialTokens tokens, TextSubject subject) {
      return new UniformObjective(subject.shape().vocabulary());
    }
  },
  /** To fill in the masks of a block behind clean ones, as BD3-LM does. */
  BLOCK {
    @Override
    Objective objective(SpecialTokens tokens, TextSubject subject) {
      return new BlockObjective(tokens.mask(), subject.block());
    }
  };

  abstract Objective objective(SpecialTokens tokens, TextSubject subject);

  /** As the command line writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The goal of that word.
   *
   * @throws InputException if there is none
   */
  public static Goal of(String word) {
    return Arrays.stream(values())
        .filter(goal -> goal.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "There is no goal '%s'; there are %s."
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Goal::word)
                                .collect(Collectors.joining(", ")))));
  }
}
