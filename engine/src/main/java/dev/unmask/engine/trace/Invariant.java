package dev.unmask.engine.trace;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What must be true of every step of a run; most samplers keep all of them. */
public enum Invariant {
  /** The prompt and pinned tokens never change. */
  GIVEN_STAYS {
    @Override
    OptionalInt breach(int maskId, TokenState before, TokenRecord step) {
      int[] next = step.decision().next().tokens();
      return first(before, i -> Mark.given(before.marks()[i]) && next[i] != before.tokens()[i]);
    }

    @Override
    String sentence(int position) {
      return "the given token at position %d was changed".formatted(position);
    }
  },
  /** A committed token stays what it is: not for samplers that remask or edit. */
  COMMITTED_STAYS {
    @Override
    OptionalInt breach(int maskId, TokenState before, TokenRecord step) {
      int[] next = step.decision().next().tokens();
      return first(
          before,
          i ->
              before.tokens()[i] >= 0
                  && before.tokens()[i] != maskId
                  && next[i] != before.tokens()[i]);
    }

    @Override
    String sentence(int position) {
      return "the committed token at position %d was changed".formatted(position);
    }
  },
  /** There are never more masks than a step before: not for samplers that remask. */
  MASKS_FALL {
    @Override
    OptionalInt breach(int maskId, TokenState before, TokenRecord step) {
      int[] next = step.decision().next().tokens();
      long has = positions(before).filter(i -> next[i] == maskId).count();
      long had = positions(before).filter(i -> before.tokens()[i] == maskId).count();
      return has > had
          ? positions(before)
              .filter(i -> before.tokens()[i] != maskId && next[i] == maskId)
              .findFirst()
          : OptionalInt.empty();
    }

    @Override
    String sentence(int position) {
      return "there are more masks than before, position %d among them".formatted(position);
    }
  },
  /** Nothing is predicted to be the mask, so that none can be committed as that. */
  NO_MASK_PREDICTED {
    @Override
    OptionalInt breach(int maskId, TokenState before, TokenRecord step) {
      int[] predicted = step.decision().predicted();
      return maskId < 0 ? OptionalInt.empty() : first(before, i -> predicted[i] == maskId);
    }

    @Override
    String sentence(int position) {
      return "the mask itself was predicted at position %d".formatted(position);
    }
  },
  /** What is predicted has a confidence that is a number: not where a sampler forbids tokens. */
  CONFIDENCE_FINITE {
    @Override
    OptionalInt breach(int maskId, TokenState before, TokenRecord step) {
      float[] confidence = step.decision().confidence();
      int[] predicted = step.decision().predicted();
      // Where a trace tells no confidences at all, none of them is wrong.
      boolean told = first(before, i -> !Float.isNaN(confidence[i])).isPresent();
      return first(
          before,
          i ->
              predicted[i] >= 0 && told
                  ? !Float.isFinite(confidence[i])
                  : Float.isInfinite(confidence[i]));
    }

    @Override
    String sentence(int position) {
      return "the confidence at position %d is no finite number".formatted(position);
    }
  },
  /** Candidates have probabilities that can be: each in [0, 1], no more than 1 together. */
  PROBABILITIES_POSSIBLE {
    @Override
    OptionalInt breach(int maskId, TokenState before, TokenRecord step) {
      Candidates candidates = step.candidates();
      int kept = candidates.perPosition();
      return first(
          before,
          i -> {
            double sum = 0;
            for (int k = i * kept; k < (i + 1) * kept; k++) {
              float probability = candidates.probabilities()[k];
              if (!(probability >= 0)) {
                return true;
              }
              sum += probability;
            }
            // Traces keep probabilities in float16, eight of which may be rounded up.
            return sum > 1.01;
          });
    }

    @Override
    String sentence(int position) {
      return "the candidates' probabilities at position %d cannot be".formatted(position);
    }
  };

  /** The first position that breaks it in a step. */
  abstract OptionalInt breach(int maskId, TokenState before, TokenRecord step);

  abstract String sentence(int position);

  /** Checks a step. */
  public Optional<Breach> check(int maskId, TokenState before, TokenRecord step) {
    OptionalInt position = breach(maskId, before, step);
    return position.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Breach(
                step.decision().next().step(), position.getAsInt(), sentence(position.getAsInt())));
  }

  /** Those that the sequence has reached. */
  private static IntStream positions(TokenState state) {
    return IntStream.range(0, state.length()).filter(i -> state.tokens()[i] >= 0);
  }

  private static OptionalInt first(TokenState state, IntPredicate breaks) {
    return IntStream.range(0, state.length()).filter(breaks).findFirst();
  }
}
