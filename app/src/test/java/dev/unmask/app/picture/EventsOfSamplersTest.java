package dev.unmask.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.exact.ExactDenoiser;
import dev.unmask.engine.denoiser.exact.ExactDenoiser.Sequence;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs of three kinds of sampler, on the exact posterior of random weights for short words. */
class EventsOfSamplersTest {
  private static final int LETTERS = 3;
  private static final int LENGTH = 5;

  @Test
  void lladaCommitsEveryMaskOnceAndTakesNothingBack() {
    History history = run("llada", Map.of("steps", "5"), true);
    checkEveryLook(history);
    assertThat(sum(history, Look.COMMITTED_NOW)).isEqualTo(LENGTH);
    assertThat(sum(history, Look.KEPT_MASKED)).isEqualTo(4 + 3 + 2 + 1);
    assertThat(sum(history, Look.REMASKED) + sum(history, Look.EDITED)).isZero();
  }

  @Test
  void remdmTakesBackAndCommitsAgain() {
    History history = run("remdm-cap", Map.of("steps", "40", "eta", "0.3"), true);
    checkEveryLook(history);
    long remasked = sum(history, Look.REMASKED);
    assertThat(remasked).isPositive();
    assertThat(sum(history, Look.COMMITTED_NOW)).isEqualTo(LENGTH + remasked);
    assertThat(sum(history, Look.EDITED)).isZero();
  }

  @Test
  void udlmEditsNoiseAndHasNoMasks() {
    History history = run("udlm", Map.of("steps", "24"), false);
    checkEveryLook(history);
    assertThat(history.moment(0).looks()).containsOnly(Look.NOISE);
    assertThat(sum(history, Look.EDITED)).isPositive();
    assertThat(sum(history, Look.COMMITTED_NOW) + sum(history, Look.REMASKED)).isZero();
    assertThat(history.moment(history.steps()).figures().masks()).isZero();
    assertThat(Frame.of(history, 0).masked()).isFalse();
    assertThat(history.moment(0).figures().left()).isEqualTo(LENGTH);
    assertThat(history.moment(24).figures().left()).isEqualTo((int) sum(history, 24, Look.NOISE));
  }

  @Test
  void aLastStepThatFillsWhatIsLeftIsToldApartFromThoseThatWereAskedFor() {
    History history = run("remdm-cap", Map.of("steps", "40"), true);
    Status.Figure step = Status.of(Frame.of(history, 41)).figures().getFirst();
    assertThat(step.value() + step.of()).isEqualTo("41 of 40 + 1");
    assertThat(Status.of(Frame.of(run("llada", Map.of("steps", "5"), true), 5)).figures())
        .contains(new Status.Figure("step", "5", " of 5"));
  }

  @Test
  void tokensAreCountedToAnEvaluation() {
    History history = run("llada", Map.of("steps", "5"), true);
    assertThat(history.moment(0).figures().tokensPerEvaluation()).isNaN();
    assertThat(history.moment(5).figures().tokensPerEvaluation()).isEqualTo(LENGTH / 5.0);
  }

  /** What each look says, against the tokens themselves. */
  private static void checkEveryLook(History history) {
    int mask = history.trace().header().tokens().maskId();
    for (int step = 1; step <= history.steps(); step++) {
      int[] before = history.trace().state(step - 1).tokens();
      int[] after = history.trace().state(step).tokens();
      Look[] looks = history.moment(step).looks();
      for (int p = 0; p < LENGTH; p++) {
        boolean changes = before[p] != after[p];
        assertThat(looks[p] == Look.COMMITTED_NOW).isEqualTo(changes && before[p] == mask);
        assertThat(looks[p] == Look.REMASKED).isEqualTo(changes && after[p] == mask);
        boolean edited = changes && before[p] != mask && after[p] != mask;
        assertThat(looks[p] == Look.EDITED).isEqualTo(edited);
        assertThat(looks[p].masked()).isEqualTo(after[p] == mask);
      }
    }
  }

  private static long sum(History history, int step, Look look) {
    return Stream.of(history.moment(step).looks()).filter(look::equals).count();
  }

  private static long sum(History history, Look look) {
    return history.upTo(history.steps()).stream()
        .flatMap(moment -> Arrays.stream(moment.looks()))
        .filter(shown -> shown == look)
        .count();
  }

  private static History run(String name, Map<String, String> settings, boolean masks) {
    int maskId = masks ? LETTERS : Vocabulary.NO_MASK;
    var vocabulary = new Vocabulary(LETTERS + (masks ? 1 : 0), maskId, new int[0]);
    SamplerKind kind = Samplers.named(name);
    var denoiser =
        new ExactDenoiser(vocabulary, sequences(), kind.create(settings, vocabulary).rowMeaning());
    List<String> texts =
        IntStream.range(0, vocabulary.size()).mapToObj(i -> "abc_".substring(i, i + 1)).toList();
    var identity = new TraceHeader.Model("letters", "0".repeat(64));
    TokenRun run =
        TokenRun.start(
            new RunModel.Tokens(identity, texts, vocabulary, denoiser),
            Start.of(new int[0], LENGTH, maskId),
            new RunPlan<>(kind, settings, RandomKind.PHILOX, 5));
    run.finish(step -> {});
    return History.of(run.trace());
  }

  /** All that there can be, so that no state is impossible. */
  private static List<Sequence> sequences() {
    var random = new SplittableRandom(3);
    return IntStream.range(0, (int) Math.pow(LETTERS, LENGTH))
        .mapToObj(number -> new Sequence(digits(number), random.nextDouble()))
        .toList();
  }

  private static int[] digits(int number) {
    return IntStream.iterate(number, rest -> rest / LETTERS)
        .limit(LENGTH)
        .map(rest -> rest % LETTERS)
        .toArray();
  }
}
