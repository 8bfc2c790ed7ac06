package dev.unmask.engine.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.noise.DiscreteProcess;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.RateKernel;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenCorruptionTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final Alphabet LETTERS = Alphabet.letters();
  private static final int STEPS = 24;

  static Stream<Arguments> noises() {
    return Noise.KINDS.stream()
        .flatMap(
            kind ->
                Arrays.stream(NoiseSchedule.values())
                    .filter(
                        schedule ->
                            kind != NoiseKind.GAUSSIAN
                                || schedule != NoiseSchedule.MUTUAL_INFORMATION)
                    .map(schedule -> Arguments.of(kind, schedule)));
  }

  @ParameterizedTest
  @MethodSource("noises")
  void whatIsCorruptedStaysCorrupted(NoiseKind kind, NoiseSchedule schedule) {
    TokenCorruption text = text(kind, schedule, 3);
    int[] clean = text.clean();
    int[] before = text.at(0);
    double share = -1;
    for (int t = 1; t <= STEPS; t++) {
      int[] now = text.at(t);
      for (int i = 0; i < clean.length; i++) {
        assertThat(now[i] == clean[i] && before[i] != clean[i]).isFalse();
      }
      assertThat(text.expectedCorrupted(t)).isBetween(share - 1e-12, 1.0);
      share = text.expectedCorrupted(t);
      before = now;
    }
    assertThat(share).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @MethodSource("noises")
  void itIsTheSameInWhateverOrderItIsAsked(NoiseKind kind, NoiseSchedule schedule) {
    TokenCorruption text = text(kind, schedule, 3);
    TokenCorruption again = text(kind, schedule, 8).withSeed(3);
    for (int t = STEPS; t >= 0; t--) {
      assertThat(again.at(t)).isEqualTo(text.at(t));
    }
  }

  @ParameterizedTest
  @MethodSource("noises")
  void itsPosteriorsAndMarginalsBelongTogether(NoiseKind kind, NoiseSchedule schedule) {
    TokenCorruption text = text(kind, schedule, 3);
    int t = STEPS / 2;
    double[] earlier = text.marginal(0, t - 1);
    double[] mixed = new double[earlier.length];
    double[] now = text.marginal(0, t);
    for (int noisy = 0; noisy < now.length; noisy++) {
      if (now[noisy] > 0) {
        double[] posterior = text.posterior(t).given(noisy, text.clean()[0]);
        for (int token = 0; token < mixed.length; token++) {
          mixed[token] += now[noisy] * posterior[token];
        }
      }
    }
    assertThat(mixed).containsExactly(earlier, CLOSE);
    assertThat(Arrays.stream(text.posterior(0, t)).sum()).isCloseTo(1, CLOSE);
  }

  @ParameterizedTest
  @EnumSource(names = {"ABSORBING", "UNIFORM", "GAUSSIAN", "NEAREST_NEIGHBOUR"})
  void tokensAreDistributedAsTheMatrixSays(NoiseKind kind) {
    TokenCorruption text = text(kind, NoiseSchedule.LOG_LINEAR, 0);
    int t = 10;
    int draws = 4000;
    double[] expected = text.marginal(0, t);
    int[] counts = new int[expected.length];
    for (int seed = 0; seed < draws; seed++) {
      counts[text.withSeed(seed).at(t)[0]]++;
    }
    double chiSquare = 0;
    for (int token = 0; token < counts.length; token++) {
      double mean = expected[token] * draws;
      chiSquare += mean > 0 ? (counts[token] - mean) * (counts[token] - mean) / mean : 0;
    }
    // The 0.9999 quantile with 27 degrees of freedom.
    assertThat(chiSquare).isLessThan(62);
  }

  @Test
  void whatUniformNoisePutThereNeverChanges() {
    TokenCorruption text = text(NoiseKind.UNIFORM, NoiseSchedule.COSINE, 5);
    int[] last = text.at(STEPS);
    for (int t = 0; t < STEPS; t++) {
      int[] now = text.at(t);
      int[] clean = text.clean();
      assertThat(IntStream.range(0, now.length))
          .allMatch(i -> now[i] == clean[i] || now[i] == last[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ABSORBING", "UNIFORM"})
  void alphaIsTheSchedules(NoiseKind kind) {
    TokenCorruption text = text(kind, NoiseSchedule.LOG_LINEAR, 1);
    var alpha = new AlphaSchedule.LogLinear(1e-3);
    for (int t = 0; t <= STEPS; t++) {
      assertThat(text.alpha(t)).isCloseTo(alpha.alpha((double) t / STEPS), CLOSE);
    }
    assertThat(text.signalToNoise(STEPS / 2)).isCloseTo(0.5005 / 0.4995, CLOSE);
    // Of masked diffusion, T (α_{t−1} − α_t) / (1 − α_t) is T / t.
    assertThat(text.lossWeight(6)).isCloseTo(STEPS / 6.0, CLOSE);
  }

  @Test
  void discreteSchedulesAreTheProductsOfTheirSteps() {
    double[] betas = new double[STEPS];
    Arrays.setAll(betas, i -> 1.0 / (STEPS - i));
    DiscreteProcess product = DiscreteProcess.of(new RateKernel.Absorbing(28, 27), betas);
    TokenCorruption text = text(NoiseKind.ABSORBING, NoiseSchedule.RECIPROCAL, 1);
    for (int t = 0; t <= STEPS; t++) {
      assertThat(text.marginal(2, t)).containsExactly(product.marginal(text.clean()[2], t), CLOSE);
    }
    DiscreteProcess exponentials = DiscreteProcess.ofExponentials(new RateKernel.Uniform(5), betas);
    DiscreteProcess uniform = DiscreteProcess.of(new RateKernel.Uniform(5), betas);
    assertThat(exponentials.marginal(1, 9)).containsExactly(uniform.marginal(1, 9), CLOSE);
  }

  @Test
  void slipsOfTheFingerComeFirst() {
    TokenCorruption text =
        new Noise(NoiseKind.NEAREST_NEIGHBOUR, NoiseSchedule.LOG_LINEAR, STEPS, 4)
            .of(LETTERS, "g", 0);
    double[] row = text.marginal(0, 3);
    assertThat(row[letter('h')]).isGreaterThan(row[letter('j')]).isGreaterThan(row[letter('p')]);
    assertThat(row[27]).isZero();
  }

  @Test
  void aMistakeIsToldInASentence() {
    Noise gaussian = new Noise(NoiseKind.GAUSSIAN, NoiseSchedule.MUTUAL_INFORMATION, STEPS, 4);
    assertThatThrownBy(() -> gaussian.of(LETTERS, "a", 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mutual-information");
    assertThatThrownBy(() -> Noise.PLAIN.of(LETTERS, "", 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no tokens");
    assertThatThrownBy(() -> Noise.kind("pink"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absorbing, uniform, gaussian, nearest-neighbour");
    assertThatThrownBy(() -> NoiseSchedule.of("steep"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("log-linear");
  }

  private static int letter(char letter) {
    return LETTERS.encode().apply(String.valueOf(letter))[0];
  }

  private static TokenCorruption text(NoiseKind kind, NoiseSchedule schedule, long seed) {
    return new Noise(kind, schedule, STEPS, 4).of(LETTERS, "a butterfly in asia", seed);
  }
}
