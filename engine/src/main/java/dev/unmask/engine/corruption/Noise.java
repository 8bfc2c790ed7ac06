package dev.unmask.engine.corruption;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.GaussianKernel;
import dev.unmask.engine.noise.Kernel;
import dev.unmask.engine.noise.NearestNeighbourKernel;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.RateKernel;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The noise that a person chose.
 *
 * @param steps T, at least 1
 * @param neighbours k of each token, for nearest-neighbour noise
 */
public record Noise(NoiseKind kind, NoiseSchedule schedule, int steps, int neighbours) {
  /** The kinds that there are, in the order they are shown. */
  public static final List<NoiseKind> KINDS =
      List.of(
          NoiseKind.ABSORBING, NoiseKind.UNIFORM, NoiseKind.GAUSSIAN, NoiseKind.NEAREST_NEIGHBOUR);

  /** What is shown where nothing was chosen: masks, evenly. */
  public static final Noise PLAIN = new Noise(NoiseKind.ABSORBING, NoiseSchedule.LOG_LINEAR, 64, 4);

  /** The most tokens whose whole matrices are stored. */
  public static final int LARGEST_DENSE = 512;

  /** Checks that time passes. */
  public Noise {
    if (steps < 1) {
      throw new InputException("The noise has %d steps; give at least 1.".formatted(steps));
    }
  }

  /**
   * The kind of that name.
   *
   * @throws InputException if there is none
   */
  public static NoiseKind kind(String word) {
    return KINDS.stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "There is no noise '%s'; there is %s."
                        .formatted(
                            word,
                            KINDS.stream()
                                .map(NoiseKind::word)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The kernel over an alphabet. A mask is put nowhere but by absorbing noise.
   *
   * @throws InputException if the alphabet is not made for this noise
   */
  Kernel kernel(Alphabet alphabet) {
    Vocabulary vocabulary = alphabet.vocabulary();
    return switch (kind) {
      case ABSORBING -> absorbing(alphabet);
      case UNIFORM ->
          vocabulary.hasMask()
              ? RateKernel.Prior.evenBut(vocabulary.maskId(), vocabulary.size())
              : new RateKernel.Uniform(vocabulary.size());
      case GAUSSIAN -> gaussian(alphabet);
      case NEAREST_NEIGHBOUR ->
          NearestNeighbourKernel.of(alphabet.embeddings().get(), neighbours, vocabulary.maskId());
      case HYBRID -> throw new InputException("Hybrid noise cannot be looked at; choose another.");
    };
  }

  private static Kernel absorbing(Alphabet alphabet) {
    Vocabulary vocabulary = alphabet.vocabulary();
    if (!vocabulary.hasMask()) {
      throw new InputException(
          "The model %s has no mask for absorbing noise; choose other noise."
              .formatted(alphabet.identity().name()));
    }
    return new RateKernel.Absorbing(vocabulary.size(), vocabulary.maskId());
  }

  /** Over all tokens, but for a mask behind them, which is no value. */
  private static Kernel gaussian(Alphabet alphabet) {
    Vocabulary vocabulary = alphabet.vocabulary();
    boolean maskLast = vocabulary.maskId() == vocabulary.size() - 1;
    int size = maskLast ? vocabulary.size() - 1 : vocabulary.size();
    if (size > LARGEST_DENSE || vocabulary.hasMask() && !maskLast) {
      throw new InputException(
          "Gaussian noise is for at most %d tokens that are values in order, which those of %s are not; choose other noise, or the model %s."
              .formatted(LARGEST_DENSE, alphabet.identity().name(), Alphabet.LETTERS));
    }
    return GaussianKernel.of(size);
  }

  /** A text's tokens under this noise, none of them noised yet by chance. */
  public TokenCorruption of(Alphabet alphabet, String text, long seed) {
    int[] clean = alphabet.encode().apply(text);
    if (clean.length == 0) {
      throw new InputException("The text has no tokens; give some words.");
    }
    return of(alphabet, clean, seed);
  }

  /** Tokens under this noise. */
  public TokenCorruption of(Alphabet alphabet, int[] clean, long seed) {
    Kernel kernel = kernel(alphabet);
    double[] distribution = new double[kernel.size()];
    for (int token : clean) {
      distribution[token] += 1.0 / clean.length;
    }
    return TokenCorruption.of(
        clean, schedule.process(kernel, steps, distribution), kernel.stationary(), seed);
  }

  /** As a title says it. */
  public String words() {
    return "%s · %s".formatted(kind.word(), schedule.word());
  }
}
