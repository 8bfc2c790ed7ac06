package dev.unmask.engine.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samplers whose recordings hold for other settings than their defaults, at their defaults: what
 * their papers say comes of a known distribution.
 */
class DefaultsAgainstTheoryTest {
  private static final int JOINTS = 60;

  /**
   * γ(t / T) N with γ(r) = cos(πr / 2) and T = 12: equation 5 of MaskGIT, and the last step all.
   */
  @Test
  void maskgitLeavesAsManyMasksAsTheCosineSays() {
    int length = 251;
    List<Integer> planned =
        IntStream.rangeClosed(1, 12)
            .mapToObj(t -> (int) (length * Math.cos(Math.PI / 2 * t / 12)))
            .toList();
    assertThat(masksAfterEachStep("maskgit", length)).isEqualTo(planned);
  }

  /**
   * (1 − κ(k / T)) N with κ(t) = t and T = N: algorithm 1 of P2, which its authors do in float32.
   */
  @Test
  void p2LeavesOneMaskLessAfterEachStep() {
    int length = 251;
    List<Integer> left = masksAfterEachStep("p2", length);
    assertThat(left).hasSize(length).endsWith(0);
    for (int k = 1; k <= length; k++) {
      assertThat(left.get(k - 1)).isBetween(length - k - 1, length - k);
    }
  }

  /** By a model that knows nothing of two tokens. */
  private static List<Integer> masksAfterEachStep(String name, int length) {
    TokenSampler sampler = sampler(name, new Vocabulary(3, 2, new int[0]));
    int[] tokens = new int[length];
    Arrays.fill(tokens, 2);
    TokenState state = sampler.start(tokens, new byte[length], new Philox(1, 0));
    List<Integer> left = new ArrayList<>();
    while (!sampler.finished(state)) {
      int[] rows = sampler.request(state).rows();
      float[][] logits = new float[rows.length][3];
      state = sampler.step(state, new Prediction(rows, logits), new Philox(1, state.step())).next();
      left.add((int) Arrays.stream(state.tokens()).filter(token -> token == 2).count());
    }
    return left;
  }

  /**
   * The law of two masks, whose tokens are independent. A step draws both and commits the one with
   * the greater log p + τ g, g of Gumbel, so the first with the chance σ((log p(a) − log p(b)) /
   * τ), where τ = 4.5 (1 − 1 / 12); the next draws the other anew.
   */
  @Test
  void maskgitHasTheLawThatItsNoisyRankingGives() {
    double[] p = {0.85, 0.1, 0.05};
    double tau = 4.5 * (1 - 1.0 / 12);
    double[] law = new double[9];
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double first = 1 / (1 + Math.exp(-Math.log(p[a] / p[b]) / tau));
        for (int anew = 0; anew < 3; anew++) {
          law[3 * a + anew] += p[a] * p[b] * first * p[anew];
          law[3 * anew + b] += p[a] * p[b] * (1 - first) * p[anew];
        }
      }
    }
    int[] counts = new int[9];
    TokenSampler sampler = sampler("maskgit", Truth.MASKED);
    float[] row = {logit(p[0]), logit(p[1]), logit(p[2]), 0};
    for (int seed = 0; seed < 40_000; seed++) {
      TokenState state = sampler.start(new int[] {3, 3}, new byte[2], new Philox(seed, 0));
      while (!sampler.finished(state)) {
        int[] rows = sampler.request(state).rows();
        float[][] logits = new float[rows.length][];
        Arrays.fill(logits, row);
        Philox random = new Philox(seed, state.step());
        state = sampler.step(state, new Prediction(rows, logits), random).next();
      }
      counts[3 * state.tokens()[0] + state.tokens()[1]]++;
    }
    double[] independent =
        IntStream.range(0, 9).mapToDouble(cell -> p[cell / 3] * p[cell % 3]).toArray();
    assertThat(ChiSquare.of(counts, law).passes()).isTrue();
    assertThat(ChiSquare.of(counts, independent).passes()).isFalse();
  }

  private static float logit(double probability) {
    return (float) Math.log(probability);
  }

  /**
   * With κ(t) = t and a step for each position, one more is filled at every step. A model that
   * makes no error is sure of what stands, so nothing is remasked, and what is filled is what is
   * most probable given all before.
   */
  @Test
  void p2FillsTheMostProbableOneAfterTheOther() {
    follows("p2", (joint, state) -> surest(joint, state).subList(0, 1), 0);
  }

  /**
   * All whose probability is more than 0.7 are committed at once, or the surest; a model that makes
   * no error edits nothing, which one evaluation of the filled block finds out.
   */
  @Test
  void llada2CommitsWhatIsSurerThanItsThresholdOrTheSurest() {
    follows(
        "llada2",
        (joint, state) -> {
          List<Guess> all = surest(joint, state);
          List<Guess> sure = all.stream().filter(guess -> guess.probability > 0.7).toList();
          return sure.isEmpty() ? all.subList(0, 1) : sure;
        },
        1);
  }

  /** Some distributions have both in them: steps that commit one and steps that commit more. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void theDistributionsTellThresholdsApart(int states) {
    assertThat(
            IntStream.range(0, JOINTS)
                .mapToObj(seed -> joint(seed).path(sampler("llada2", Truth.MASKED), 1))
                .filter(path -> path.size() == states + 1)
                .count())
        .isPositive();
  }

  /** What a position is most probably, given a state. */
  private record Guess(int position, int token, double probability) {}

  private static void follows(
      String name, BiFunction<double[], int[], List<Guess>> commits, int evaluationsAfter) {
    for (int seed = 0; seed < JOINTS; seed++) {
      Truth truth = joint(seed);
      List<int[]> expected = new ArrayList<>(List.of(new int[] {3, 3, 3}));
      while (Arrays.stream(expected.getLast()).anyMatch(token -> token == Truth.MASK)) {
        int[] next = expected.getLast().clone();
        commits
            .apply(truth.probabilities(), expected.getLast())
            .forEach(guess -> next[guess.position] = guess.token);
        expected.add(next);
      }
      for (int i = 0; i < evaluationsAfter; i++) {
        expected.add(expected.getLast());
      }
      assertThat(truth.path(sampler(name, Truth.MASKED), seed))
          .as("distribution %d", seed)
          .usingElementComparator(Arrays::compare)
          .isEqualTo(expected);
    }
  }

  /** By enumeration, the most probable first. */
  private static List<Guess> surest(double[] joint, int[] state) {
    return IntStream.range(0, Truth.LENGTH)
        .filter(position -> state[position] == Truth.MASK)
        .boxed()
        .flatMap(
            position ->
                IntStream.range(0, Truth.TOKENS)
                    .mapToObj(token -> guess(joint, state, position, token)))
        .sorted(Comparator.comparingDouble(Guess::probability).reversed())
        // Of each position the best alone.
        .collect(
            ArrayList::new,
            (best, guess) -> {
              if (best.stream().noneMatch(other -> other.position == guess.position)) {
                best.add(guess);
              }
            },
            List::addAll);
  }

  private static Guess guess(double[] joint, int[] state, int position, int token) {
    double fitting = 0;
    double with = 0;
    for (int cell = 0; cell < joint.length; cell++) {
      int[] digits = {cell / 9, cell / 3 % 3, cell % 3};
      boolean fits =
          IntStream.range(0, 3).allMatch(i -> state[i] == Truth.MASK || state[i] == digits[i]);
      fitting += fits ? joint[cell] : 0;
      with += fits && digits[position] == token ? joint[cell] : 0;
    }
    return new Guess(position, token, with / fitting);
  }

  /** All are possible, and some likely, or a few most likely. */
  private static Truth joint(int seed) {
    Random random = new Random(seed);
    double power = 4 + 12 * (seed % 3);
    double[] weights =
        IntStream.range(0, 27)
            .mapToDouble(_ -> Math.pow(random.nextDouble(), power) + 1e-4)
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return new Truth(Arrays.stream(weights).map(weight -> weight / sum).toArray());
  }

  private static TokenSampler sampler(String name, Vocabulary vocabulary) {
    return Samplers.named(name).create(Map.of(), vocabulary);
  }
}
