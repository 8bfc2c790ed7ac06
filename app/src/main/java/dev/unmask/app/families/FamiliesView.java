package dev.unmask.app.families;

import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Families side by side, at a state of their trainings.
 *
 * @param frame the state that is shown; those with fewer show their last
 */
public record FamiliesView(List<FamilyPanel> panels, int frame) {
  /** Of a recorded training, at its first state. */
  public static FamiliesView of(Trace<TrainingState, TrainingRecord> trace) {
    Training training = Training.of(trace);
    double[] unknown = new double[training.frames() + 1];
    Arrays.fill(unknown, Double.NaN);
    var panel =
        new FamilyPanel(
            training.family(),
            training.data(),
            Optional.of(training),
            0,
            Optional.empty(),
            unknown,
            Set.of(),
            false);
    return new FamiliesView(List.of(panel), 0);
  }

  /** How many states there are, but for the first. */
  public int recorded() {
    return trainings().mapToInt(Training::recorded).max().orElse(0);
  }

  private Stream<Training> trainings() {
    return panels.stream().flatMap(panel -> panel.training().stream());
  }

  /** At another state: models that were not asked what they were there are asked here and now. */
  public FamiliesView at(int other) {
    return new FamiliesView(panels.stream().map(panel -> at(panel, other)).toList(), other);
  }

  private static FamilyPanel at(FamilyPanel panel, int other) {
    return panel
        .training()
        .map(
            training -> {
              int frame = Math.min(other, training.recorded());
              Optional<Shot> known =
                  panel.shot().filter(shot -> shot.frame() == frame && shot.figures().isPresent());
              return panel.at(frame, known.orElseGet(() -> Shot.of(training, frame).measured()));
            })
        .orElse(panel);
  }

  /** Columns that make panels of this many nearly square. */
  static int columns(int panels) {
    return panels > 6 ? 4 : panels > 4 ? 3 : Math.clamp(panels, 1, 2);
  }
}
