package dev.unmask.app.compare;

import dev.unmask.app.picture.History;
import dev.unmask.app.picture.StepView;
import dev.unmask.engine.trace.TraceComparison;
import java.util.Arrays;
import java.util.Locale;

/** Which steps of two runs are shown together: those at one place on an axis. */
public enum Alignment {
  /** The same steps. */
  STEP("step", "the same step") {
    @Override
    double place(StepView moment, int mask) {
      return moment.step();
    }
  },
  /** The same time of the process, from 1, all noise, to 0. */
  TIME("t", "the same time t of the process") {
    @Override
    double place(StepView moment, int mask) {
      return -moment.state().time();
    }

    @Override
    String words(double place) {
      return String.format(Locale.ROOT, "%.3f", Math.max(0, -place));
    }
  },
  /** As many evaluations of the denoiser. */
  EVALUATIONS("NFE", "as many evaluations of the model") {
    @Override
    double place(StepView moment, int mask) {
      int evaluations = moment.state().evaluations();
      return evaluations < 0 ? Double.NaN : evaluations;
    }
  },
  /** As large a share of the positions unmasked. */
  SHARE("share", "as large a share of the positions unmasked") {
    @Override
    double place(StepView moment, int mask) {
      int[] tokens = moment.state().tokens();
      long there = Arrays.stream(tokens).filter(t -> t >= 0 && t != mask).count();
      return there / (double) Math.max(1, tokens.length);
    }

    @Override
    String words(double place) {
      return String.format(Locale.ROOT, "%.2f", place);
    }
  };

  /** Times that come of the same grid in other roundings are the same. */
  private static final double NEAR = 1e-9;

  private final String unit;
  private final String meaning;

  Alignment(String unit, String meaning) {
    this.unit = unit;
    this.meaning = meaning;
  }

  /** Where a state is; NaN where that is not recorded. */
  abstract double place(StepView moment, int mask);

  /** A place for people. */
  String words(double place) {
    return Long.toString(Math.round(place));
  }

  /** What the axis counts. */
  String unit() {
    return unit;
  }

  /** What the states that are shown together have in common. */
  String meaning() {
    return meaning;
  }

  /**
   * Where each state of a run is, the start first. A run that goes back stays where it was, so that
   * places never become less; NaN from where on they are not recorded.
   */
  double[] places(History run) {
    int mask = run.trace().header().tokens().maskId();
    double[] places =
        run.upTo(run.steps()).stream().mapToDouble(moment -> place(moment, mask)).toArray();
    for (int i = 1; i < places.length; i++) {
      places[i] = Math.max(places[i], places[i - 1]);
    }
    return places;
  }

  /** Whether a run tells where all its states are. */
  boolean isKnown(History run) {
    return Arrays.stream(places(run)).noneMatch(Double::isNaN);
  }

  /** For each step of the left one, from the start, one of the right. */
  int[] rightSteps(TraceComparison comparison, History left, History right) {
    return switch (this) {
      case SHARE -> comparison.alignedByShare();
      case STEP, TIME, EVALUATIONS -> {
        double[] beside = places(right);
        yield Arrays.stream(places(left)).mapToInt(place -> reached(place, beside)).toArray();
      }
    };
  }

  /** The last step that is no further than a place. */
  static int reached(double place, double[] places) {
    int step = 0;
    while (step + 1 < places.length && places[step + 1] <= place + NEAR) {
      step++;
    }
    return step;
  }

  @Override
  public String toString() {
    return unit;
  }
}
