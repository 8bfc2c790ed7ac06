package dev.unmask.engine.corruption;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.noise.BetaSchedule;
import dev.unmask.engine.noise.DiscreteProcess;
import dev.unmask.engine.noise.Kernel;
import dev.unmask.engine.noise.RateKernel;
import dev.unmask.engine.noise.RateProcess;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the noise grows with the time, by the name that a person gives. */
public enum NoiseSchedule {
  /** {@link AlphaSchedule.LogLinear}. */
  LOG_LINEAR,
  /** {@link AlphaSchedule.Cosine}. */
  COSINE,
  /** {@link AlphaSchedule.MaskgitCosine}. */
  MASKGIT_COSINE,
  /** {@link AlphaSchedule.Geometric}. */
  GEOMETRIC,
  /** {@link BetaSchedule.Reciprocal}. */
  RECIPROCAL,
  /** {@link BetaSchedule.Linear}, as strong in all however many steps there are. */
  LINEAR_BETAS,
  /** {@link BetaSchedule.Cosine}. */
  COSINE_BETAS,
  /** {@link BetaSchedule.MutualInformation}. */
  MUTUAL_INFORMATION;

  /** What the continuous schedules leave of a token at t = 1. */
  private static final double LEFT = 1e-3;

  /** DDPM's β_1 and β_T, times its thousand steps. */
  private static final double FIRST = 0.1;

  private static final double LAST = 20;

  /** As a person writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The one of that name.
   *
   * @throws InputException if there is none
   */
  public static NoiseSchedule of(String word) {
    return Arrays.stream(values())
        .filter(schedule -> schedule.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "There is no schedule '%s'; there are %s."
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(NoiseSchedule::word)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * T steps of a kernel.
   *
   * @param clean the distribution of clean tokens, [V]
   * @throws InputException if the kernel cannot follow this schedule
   */
  public DiscreteProcess process(Kernel kernel, int steps, double[] clean) {
    return switch (this) {
      case LOG_LINEAR -> continuous(kernel, new AlphaSchedule.LogLinear(LEFT), steps);
      case COSINE -> continuous(kernel, new AlphaSchedule.Cosine(LEFT), steps);
      case MASKGIT_COSINE -> continuous(kernel, new AlphaSchedule.MaskgitCosine(LEFT), steps);
      case GEOMETRIC -> continuous(kernel, new AlphaSchedule.Geometric(1e-4, LAST), steps);
      case RECIPROCAL -> stepped(kernel, new BetaSchedule.Reciprocal(), steps);
      case LINEAR_BETAS ->
          stepped(kernel, new BetaSchedule.Linear(FIRST / steps, Math.min(1, LAST / steps)), steps);
      case COSINE_BETAS -> stepped(kernel, new BetaSchedule.Cosine(), steps);
      case MUTUAL_INFORMATION -> {
        if (!(kernel instanceof RateKernel rates)) {
          throw new InputException(
              "The schedule mutual-information is for noise that is an exponential, and gaussian noise is none; choose another.");
        }
        yield stepped(kernel, new BetaSchedule.MutualInformation(rates, clean), steps);
      }
    };
  }

  private static DiscreteProcess continuous(Kernel kernel, AlphaSchedule schedule, int steps) {
    if (kernel instanceof RateKernel rates) {
      return DiscreteProcess.of(new RateProcess(rates, schedule), steps);
    }
    double[] alpha =
        IntStream.rangeClosed(0, steps)
            .mapToDouble(t -> schedule.alpha((double) t / steps))
            .toArray();
    return DiscreteProcess.of(
        kernel,
        IntStream.rangeClosed(1, steps).mapToDouble(t -> 1 - alpha[t] / alpha[t - 1]).toArray());
  }

  private static DiscreteProcess stepped(Kernel kernel, BetaSchedule schedule, int steps) {
    double[] betas = schedule.betas(steps);
    return kernel instanceof RateKernel rates
        ? DiscreteProcess.ofExponentials(rates, betas)
        : DiscreteProcess.of(kernel, betas);
  }
}
