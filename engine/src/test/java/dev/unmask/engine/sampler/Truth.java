package dev.unmask.engine.sampler;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.exact.ExactDenoiser;
import dev.unmask.engine.denoiser.exact.ExactDenoiser.Sequence;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A distribution over all sequences of three tokens in three positions, whose neighbours like to be
 * equal, and the samples that samplers draw with its exact denoiser.
 *
 * @param probabilities of the sequences, token 0 of each the most significant digit
 */
public record Truth(double[] probabilities) {
  static final int TOKENS = 3;
  static final int LENGTH = 3;
  static final int MASK = TOKENS;
  static final Vocabulary MASKED = new Vocabulary(TOKENS + 1, MASK, new int[0]);
  public static final Vocabulary PLAIN = new Vocabulary(TOKENS, Vocabulary.NO_MASK, new int[0]);

  public static Truth correlated() {
    double[] weights =
        IntStream.range(0, 27)
            .mapToDouble(cell -> weight(cell / 9, cell / 3 % 3, cell % 3))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return new Truth(Arrays.stream(weights).map(weight -> weight / sum).toArray());
  }

  private static double weight(int first, int second, int third) {
    return 1
        + (first == second ? 2 : 0)
        + (second == third ? 3 : 0)
        + (first + second + third) % 3
        + (first == 0 ? 1 : 0);
  }

  private List<Sequence> sequences() {
    return IntStream.range(0, probabilities.length)
        .mapToObj(
            cell -> new Sequence(new int[] {cell / 9, cell / 3 % 3, cell % 3}, probabilities[cell]))
        .toList();
  }

  /** The test of so many samples of what follows the given first tokens. */
  public ChiSquare test(TokenSampler sampler, Vocabulary vocabulary, int samples, int... given) {
    int cells = (int) Math.pow(TOKENS, LENGTH - given.length);
    int first = cells * number(given);
    double[] conditional = Arrays.copyOfRange(probabilities, first, first + cells);
    double whole = Arrays.stream(conditional).sum();
    Source source = new Source(sampler, denoiser(sampler, vocabulary), new HashMap<>());
    int[] counts = new int[cells];
    for (int seed = 0; seed < samples; seed++) {
      counts[number(source.sample(seed, given)) - first]++;
    }
    return ChiSquare.of(counts, Arrays.stream(conditional).map(p -> p / whole).toArray());
  }

  /**
   * The same for a sampler that treats every position by itself: all samples in one sequence, which
   * takes a tenth of the time.
   */
  ChiSquare testTogether(TokenSampler sampler, Vocabulary vocabulary, int samples) {
    ExactDenoiser denoiser = denoiser(sampler, vocabulary);
    int[] tokens = new int[samples * LENGTH];
    Arrays.fill(tokens, vocabulary.maskId());
    TokenState state = sampler.start(tokens, new byte[tokens.length], new Philox(0, 0));
    while (!sampler.finished(state)) {
      Prediction prediction = together(denoiser, sampler.request(state), sampler.through(state));
      state = sampler.step(state, prediction, new Philox(0, state.step())).next();
    }
    int[] counts = new int[probabilities.length];
    for (int from = 0; from < tokens.length; from += LENGTH) {
      counts[number(Arrays.copyOfRange(state.tokens(), from, from + LENGTH))]++;
    }
    return ChiSquare.of(counts, probabilities);
  }

  private static Prediction together(
      ExactDenoiser denoiser, Request request, Optional<Transition> noise) {
    Map<List<Object>, float[]> known = new HashMap<>();
    float[][] logits = new float[request.rows().length][];
    for (int i = 0; i < logits.length; i++) {
      int row = request.rows()[i];
      int from = row / LENGTH * LENGTH;
      int[] ids = Arrays.copyOfRange(request.ids(), from, from + LENGTH);
      int[] slot = {row - from};
      logits[i] =
          known.computeIfAbsent(
              List.of(IntBuffer.wrap(ids), slot[0]),
              _ -> {
                Request one = Request.ofSequence(ids, Attention.FULL, slot, Optional.empty());
                return denoiser.predict(one.with(noise)).logits()[0];
              });
    }
    return new Prediction(request.rows(), logits);
  }

  /** The tokens of each state that a sampler goes through from nothing but masks. */
  List<int[]> path(TokenSampler sampler, int seed) {
    return new Source(sampler, denoiser(sampler, MASKED), new HashMap<>())
        .states(seed).stream().map(TokenState::tokens).toList();
  }

  private ExactDenoiser denoiser(TokenSampler sampler, Vocabulary vocabulary) {
    return new ExactDenoiser(vocabulary, sequences(), sampler.rowMeaning());
  }

  private static int number(int[] digits) {
    return Arrays.stream(digits).reduce(0, (number, digit) -> number * TOKENS + digit);
  }

  /** Samples of one sampler. No row is computed twice, for the states are few. */
  private record Source(
      TokenSampler sampler, ExactDenoiser denoiser, Map<List<Object>, Prediction> known) {
    int[] sample(int seed, int... given) {
      return states(seed, given).getLast().tokens();
    }

    List<TokenState> states(int seed, int... given) {
      int[] tokens = Arrays.copyOf(given, LENGTH);
      Arrays.fill(tokens, given.length, LENGTH, denoiser.vocabulary().maskId());
      byte[] marks = new byte[LENGTH];
      Arrays.fill(marks, 0, given.length, Mark.PROMPT);
      TokenState state = sampler.start(tokens, marks, new Philox(seed, 0));
      List<TokenState> states = new ArrayList<>(List.of(state));
      while (!sampler.finished(state)) {
        state = sampler.step(state, prediction(state), new Philox(seed, state.step())).next();
        states.add(state);
      }
      return states;
    }

    private Prediction prediction(TokenState state) {
      Request request = sampler.request(state);
      List<Object> key =
          List.of(IntBuffer.wrap(request.ids()), IntBuffer.wrap(request.rows()), request.time());
      return known.computeIfAbsent(
          key, _ -> denoiser.predict(request.with(sampler.through(state))));
    }
  }
}
