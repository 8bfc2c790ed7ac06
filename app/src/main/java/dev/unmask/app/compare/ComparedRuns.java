package dev.unmask.app.compare;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to four runs beside each other, compared once for all pictures: the first with each other.
 *
 * @param runs A first
 * @param axis that all are laid on
 * @param places where each state of each run is on it
 * @param others what A and each other run have in common, B first
 */
public record ComparedRuns(
    List<History> runs, JointAxis axis, List<double[]> places, List<JointLives> others) {
  /** How many can be compared. */
  public static final int MOST = RunLetter.values().length;

  /**
   * Compares runs as far as they are recorded.
   *
   * @param runs one at least
   * @param wanted which steps are shown together; where a run does not tell, the same steps are
   */
  static ComparedRuns of(List<History> runs, Alignment wanted) {
    Alignment alignment = runs.stream().allMatch(wanted::isKnown) ? wanted : Alignment.STEP;
    List<double[]> places = runs.stream().map(alignment::places).toList();
    JointAxis axis = JointAxis.over(alignment, places);
    List<JointLives> others = new ArrayList<>();
    for (int i = 1; i < runs.size(); i++) {
      RunPair pair = RunPair.of(runs.getFirst(), runs.get(i), alignment);
      others.add(JointLives.of(pair, RunLetter.of(i), places.getFirst(), places.get(i), axis));
    }
    return new ComparedRuns(List.copyOf(runs), axis, places, List.copyOf(others));
  }

  /** What is really shown together. */
  Alignment alignment() {
    return axis.alignment();
  }

  /** Which step of a run is shown with one of A's. */
  int step(int run, int stepOfA) {
    return run == 0
        ? Math.min(stepOfA, places.getFirst().length - 1)
        : others
            .get(run - 1)
            .pair()
            .rightSteps()
            .get(Math.min(stepOfA, places.getFirst().length - 1));
  }

  /** What a run shows beside a frame of A. */
  Frame frame(int run, Frame ofA) {
    return run == 0 ? ofA : others.get(run - 1).pair().beside(ofA);
  }

  /** Where the playhead is on the axis. */
  double place(int stepOfA) {
    return places.getFirst()[step(0, stepOfA)];
  }

  /** The step of A that is shown for a place on the axis. */
  int stepAt(double place) {
    double[] of = places.getFirst();
    int before = Alignment.reached(place, of);
    boolean later = before + 1 < of.length && of[before + 1] - place < place - of[before];
    return later ? before + 1 : before;
  }

  /** How many positions the longest has. */
  int length() {
    return runs.stream().mapToInt(run -> run.trace().header().tokens().length()).max().orElse(0);
  }
}
