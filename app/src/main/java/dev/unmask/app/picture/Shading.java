package dev.unmask.app.picture;

import dev.unmask.app.theme.Theme;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which colour of the ramp a position has, where cells are not coloured by their state. */
public final class Shading {
  private final Colouring colouring;
  private final Theme theme;
  private final List<StepView> moments;
  private final StepView last;
  private final Scale confidences;
  private final Scale entropies;
  private final int planned;

  /** Of a frame. */
  public Shading(Frame frame, Theme theme) {
    this.colouring = frame.view().colouring();
    this.theme = theme;
    moments = frame.moments();
    last = moments.getLast();
    confidences = frame.confidences();
    entropies = last.entropies().fromZero();
    planned = Math.max(1, frame.plannedSteps());
  }

  /** The colour, empty where there is nothing to tell. */
  public Optional<Color> colour(StepView moment, int position) {
    double share = share(moment, position);
    return Double.isNaN(share) ? Optional.empty() : Optional.of(theme.ramp(share));
  }

  /** Where on the ramp a position is, in [0, 1]; NaN where there is nothing to tell. */
  public double share(StepView moment, int position) {
    return switch (colouring) {
      case STATE -> Double.NaN;
      case CONFIDENCE -> confidences.share(confidence(moment, position));
      case ENTROPY -> entropies.share(entropy(moment, position));
      case COMMIT_ORDER -> order(moment, position);
      case AGREEMENT -> agreement(moment, position);
    };
  }

  /** What the colour stands for, in figures; empty where it is no number. */
  public String figure(StepView moment, int position) {
    return switch (colouring) {
      case STATE, AGREEMENT -> "";
      case CONFIDENCE -> String.format(Locale.ROOT, "%.2f", confidence(moment, position));
      case ENTROPY -> String.format(Locale.ROOT, "%.2f", entropy(moment, position));
      case COMMIT_ORDER -> Integer.toString(moment.since()[position]);
    };
  }

  private float confidence(StepView moment, int position) {
    return teller(moment, position).decision().confidence()[position];
  }

  private float entropy(StepView moment, int position) {
    return teller(moment, position).entropy()[position];
  }

  /** The moment whose prediction stands behind what is there: this one, or that of the commit. */
  private StepView teller(StepView moment, int position) {
    boolean asked = moment.decision().predicted()[position] >= 0;
    int since = moment.since()[position];
    return asked || since < 0 ? moment : moments.get(Math.min(since, last.step()));
  }

  /** From light, the first, to dark, the last. */
  private double order(StepView moment, int position) {
    int since = moment.since()[position];
    return since <= 0 ? Double.NaN : 1 - (double) since / planned;
  }

  private double agreement(StepView moment, int position) {
    int token =
        moment.since()[position] >= 0
            ? moment.state().tokens()[position]
            : moment.decision().predicted()[position];
    if (token < 0 || moment.looks()[position] == Look.GIVEN) {
      return Double.NaN;
    }
    return token == last.state().tokens()[position] ? 0.9 : 0.25;
  }
}
