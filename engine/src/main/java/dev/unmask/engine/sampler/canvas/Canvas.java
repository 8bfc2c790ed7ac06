package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.random.Multinomial;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Logits;
import java.util.Arrays;
import java.util.Map;

/**
 * A block whose tokens are all noise at first, as a step finds it; arrays have an element for each
 * position of it that is not given.
 *
 * @param step evaluations of it before this one
 * @param steps evaluations that it is to have
 * @param rows its positions, of all those of the block
 * @param tokens now
 * @param logits [positions × V]
 * @param vocabularySize V
 * @param memory of the whole sequence
 */
record Canvas(
    int step,
    int steps,
    Rows rows,
    int[] tokens,
    float[][] logits,
    int vocabularySize,
    Map<String, Values> memory) {
  /**
   * A token for each position, drawn from softmax(logits / temperature); at temperature 0 the most
   * probable ones.
   */
  int[] draw(float temperature, RandomSource random) {
    if (temperature == 0) {
      return Arrays.stream(logits).mapToInt(Logits::argmax).toArray();
    }
    float[][] probabilities =
        EachRow.map(logits, row -> Logits.softmax(Logits.divided(row, temperature)));
    return Multinomial.draw(probabilities, vocabularySize, Purpose.TOKEN, rows, random);
  }

  /** A random token for each position. */
  int[] noise(RandomSource random) {
    return random.integers(Purpose.NOISE, rows, vocabularySize);
  }
}
