package dev.unmask.app.cli;

import dev.unmask.engine.run.StepTimes;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run cost.
 *
 * @param evaluations NFE
 * @param tokens that it wrote
 * @param recording nanoseconds that went into the file of its trace
 */
record RunCost(int steps, int evaluations, int tokens, StepTimes times, long recording) {
  /** A number that describes a run. */
  record Figure(String name, int decimals, ToDoubleFunction<RunCost> of) {}

  /** All that is printed, in its order. */
  static final List<Figure> FIGURES =
      List.of(
          new Figure("ms a step", 3, cost -> cost.total() / 1e6 / cost.steps),
          new Figure("tokens a second", 1, cost -> cost.tokens * 1e9 / cost.total()),
          new Figure("steps", 0, RunCost::steps),
          new Figure("NFE", 0, RunCost::evaluations),
          new Figure("denoiser, %", 1, cost -> cost.share(cost.times.denoiser())),
          new Figure("sampler, %", 1, cost -> cost.share(cost.times.sampler())),
          new Figure("statistics, %", 1, cost -> cost.share(cost.times.statistics())),
          new Figure("recording, %", 1, cost -> cost.share(cost.recording)));

  /** Nanoseconds. */
  private long total() {
    return times.total() + recording;
  }

  private double share(long part) {
    return 100.0 * part / total();
  }

  /** The median of a figure. */
  static double median(List<RunCost> runs, Figure figure) {
    double[] sorted = runs.stream().mapToDouble(figure.of()).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** A line for each figure of runs with one setting. */
  static String lines(List<RunCost> runs) {
    StringBuilder lines = new StringBuilder();
    for (Figure figure : FIGURES) {
      lines.append("%-16s %12s%n".formatted(figure.name(), number(figure, median(runs, figure))));
    }
    return lines.toString();
  }

  /** A line for each figure of runs with two settings, and their ratio. */
  static String lines(List<RunCost> a, List<RunCost> b) {
    StringBuilder lines =
        new StringBuilder("%-16s %12s %12s %12s%n".formatted("", "A", "B", "B / A"));
    for (Figure figure : FIGURES) {
      double first = median(a, figure);
      double second = median(b, figure);
      lines.append(
          "%-16s %12s %12s %12.3f%n"
              .formatted(
                  figure.name(), number(figure, first), number(figure, second), second / first));
    }
    return lines.toString();
  }

  private static String number(Figure figure, double value) {
    return String.format("%." + figure.decimals() + "f", value);
  }
}
