package dev.unmask.app.cli;

import dev.unmask.app.Spread;
import dev.unmask.engine.run.StepTimes;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a run cost, of tokens or of images.
 *
 * @param evaluations NFE
 * @param made how many of what it makes it made
 * @param what that is: tokens, or images
 * @param recording seconds that went into the file of its trace
 * @param slowest seconds of the step that took longest
 * @param busy seconds of the processor, of all cores together; where other programs run too, this
 *     tells more than the clock
 * @param ideal seconds that the matrix products would take, were every thread a core at its peak; 0
 *     where they are not counted
 */
record RunCost(
    int steps,
    int evaluations,
    int made,
    String what,
    StepTimes times,
    double recording,
    double slowest,
    double busy,
    double ideal) {
  /** A number that describes a run. */
  record Figure(String name, int decimals, ToDoubleFunction<RunCost> of) {}

  /** What the denoiser reached of what its cores could do. */
  private static final Figure PEAK =
      new Figure("share of peak, %", 1, cost -> 100 * cost.ideal / (cost.times.denoiser() / 1e9));

  /** All that is printed, in its order. */
  private static List<Figure> figures(RunCost cost) {
    return Stream.concat(always(cost.what), cost.ideal > 0 ? Stream.of(PEAK) : Stream.empty())
        .toList();
  }

  private static Stream<Figure> always(String what) {
    return Stream.of(
        new Figure("ms a step", 3, cost -> 1000 * cost.total() / cost.steps),
        new Figure("slowest step, ms", 3, cost -> 1000 * cost.slowest),
        new Figure("processor, ms a step", 3, cost -> 1000 * cost.busy / cost.steps),
        new Figure(what + " a second", 1, cost -> cost.made / cost.total()),
        new Figure("steps", 0, RunCost::steps),
        new Figure("NFE", 0, RunCost::evaluations),
        new Figure("denoiser, %", 1, cost -> cost.share(cost.times.denoiser() / 1e9)),
        new Figure("sampler, %", 1, cost -> cost.share(cost.times.sampler() / 1e9)),
        new Figure("statistics, %", 1, cost -> cost.share(cost.times.statistics() / 1e9)),
        new Figure("recording, %", 1, cost -> cost.share(cost.recording)));
  }

  /** Seconds. */
  private double total() {
    return times.total() / 1e9 + recording;
  }

  private double share(double part) {
    return 100 * part / total();
  }

  /** The median of a figure. */
  static double median(List<RunCost> runs, Figure figure) {
    return Spread.of(runs.stream().mapToDouble(figure.of()).toArray()).median();
  }

  /** A line for each figure of runs with one setting. */
  static String lines(List<RunCost> runs) {
    StringBuilder lines = new StringBuilder();
    for (Figure figure : figures(runs.getFirst())) {
      lines.append("%-20s %12s%n".formatted(figure.name(), number(figure, median(runs, figure))));
    }
    return lines.toString();
  }

  /** A line for each figure of runs with two settings, and their ratio. */
  static String lines(List<RunCost> a, List<RunCost> b) {
    StringBuilder lines =
        new StringBuilder("%-20s %12s %12s %12s%n".formatted("", "A", "B", "B / A"));
    for (Figure figure : figures(a.getFirst())) {
      double first = median(a, figure);
      double second = median(b, figure);
      lines.append(
          "%-20s %12s %12s %12.3f%n"
              .formatted(
                  figure.name(), number(figure, first), number(figure, second), second / first));
    }
    return lines.toString();
  }

  private static String number(Figure figure, double value) {
    return String.format("%." + figure.decimals() + "f", value);
  }
}
