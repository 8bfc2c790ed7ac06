package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import java.util.stream.IntStream;

/** Where a uniform process starts. */
final class UniformStart {
  private UniformStart() {}

  /** Any token but the mask, all equally probable, wherever nothing is given. */
  static int[] fill(int[] tokens, Vocabulary vocabulary, RandomSource random) {
    int mask = vocabulary.maskId();
    int[] free = IntStream.range(0, tokens.length).filter(i -> tokens[i] == mask).toArray();
    Rows rows = Rows.ofSequence(tokens.length, free);
    int choices = vocabulary.hasMask() ? vocabulary.size() - 1 : vocabulary.size();
    int[] drawn = random.integers(Purpose.START, rows, choices);
    int[] filled = tokens.clone();
    for (int i = 0; i < free.length; i++) {
      filled[free[i]] = vocabulary.hasMask() && drawn[i] >= mask ? drawn[i] + 1 : drawn[i];
    }
    return filled;
  }
}
